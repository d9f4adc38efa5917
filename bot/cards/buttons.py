"""A button of a card, before it is Discord's. Its custom_id holds all that it needs."""

from dataclasses import dataclass

from bot.locales import N_


@dataclass(frozen=True, slots=True)
class Button:
    """`action` names what is done when it is pressed; `about` says with what, mostly a reference to words.

    `label` is English; it is translated when the card is laid out.
    """

    action: str
    label: str
    about: str = ""

    @property
    def identifier(self) -> str:
        return f"{self.action}:{self.about}"


SHARE = Button("share", N_("Share here"))
