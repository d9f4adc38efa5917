"""The README's pictures, taken from the playground as it runs: the real bot, the sample articles, a real browser."""

import argparse
import asyncio
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, FloatRect, Page, async_playwright

import samples
from bot.playground.running import running_playground
from bot.playground.shown import LOADING, button
from bot.playground.world import MENU, DiscordWorld
from cli.playground import ingest_into

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
COLOURS = 128
TALL = 2400  # pixels; the channel is emptied after each picture, so that no answer is cut off
MARGIN = 12
WITHIN = 120.0
DESKTOP, PHONE = 720, 390


@dataclass(frozen=True, slots=True)
class Shot:
    """What a person says or which command is used, in a window of that width in pixels.

    With `press`, the label of a button, the picture shows what came of it alone; with `menu` the message is one of the
    person's own and its menu is used; otherwise the bot is mentioned, and question and answer are shown. `then` is said
    in reply to the answer, and shown in its place. `reads` is the person's language, a Discord locale.
    """

    name: str
    says: str = ""
    width: int = DESKTOP
    press: str | None = None
    menu: str | None = None
    command: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    then: str | None = None
    reads: str = "en-US"
    theme: str = "dark"

    def on(self, width: int, theme: str) -> "Shot":
        """Return the same situation in a window of another width and theme, named by them."""
        return replace(self, name=f"{self.name}-{width}-{theme}", width=width, theme=theme)


ALTERED = "We do accept any such thing"
MESSAGE = (
    "“We do not accept any such thing,” said Heather Nauert, while Surovikin promised that those who stay would "
    "“happily fulfill the tasks”."
)
SPEAKER = {"speaker": "Heather Nauert"}
SHOTS = (
    Shot("ask", "who said the mission isn't over?"),
    Shot("follow-up", "who said the mission isn't over?", then="when was that?"),
    Shot("decline", "who won the 2018 World Cup?"),
    Shot("small-talk", "hi! who are you?"),
    Shot("list", "latest quotes about the strike"),
    Shot("comparison", "compare Pavel Dorn and Carmen Ilunga on bread"),
    Shot("person", "who is Heather Nauert?"),
    Shot("two-questions", "who said the mission isn't over? and how many warplanes will be pulled out?"),
    Shot("context", "who said the mission isn't over?", press="Context"),
    Shot("picture", "who said the mission isn't over?", press="As a picture"),
    Shot("timeline", command="quotes", options=SPEAKER),
    Shot("verify", command="verify", options={"quotation": ALTERED, **SPEAKER}),
    Shot("check", MESSAGE, menu=MENU),
    Shot("article", command="article", options={"title": "Coalition forces to stay"}),
    Shot("help", command="help"),
    Shot("german", command="ask", options={"question": "was sagte Surowikin über Russland?"}, reads="de"),
    Shot("telephone", "what did Surovikin say about the forces that stay?", width=PHONE),
    Shot("verify-telephone", command="verify", options={"quotation": ALTERED, **SPEAKER}, width=PHONE, theme="light"),
)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/images"), help="the folder for the pictures")
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"), help="the browser's program")
    parser.add_argument("--only", choices=[shot.name for shot in SHOTS], action="append", help="take these alone")
    parser.add_argument("--every", action="store_true", help="take each wide and narrow, dark and light, to look at")
    parser.add_argument("--data", type=Path, help="an archive to take them from, instead of the sample articles")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not arguments.only or shot.name in arguments.only]
    if arguments.every:
        ways = [(width, theme) for width in (DESKTOP, PHONE) for theme in ("dark", "light")]
        wanted = [shot.on(*way) for shot in wanted for way in ways]
    asyncio.run(take(wanted, arguments.out, arguments.chromium, arguments.data))


async def take(shots: list[Shot], out: Path, chromium: Path, data: Path | None) -> None:
    """Take every picture, each in a browser page of its own."""
    with tempfile.TemporaryDirectory(prefix="ontherecord-screenshots-") as folder:
        if data is None:
            data = Path(folder)
            with samples.as_file(samples.ARTICLES) as articles:
                await ingest_into(data, [articles])
        async with running_playground(data) as playground, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            world = playground.discord.world
            async with world.page(0) as address:
                for shot in shots:
                    picture = await photograph(browser, address, world, shot)
                    (out / f"{shot.name}.png").write_bytes(picture)
                    print(f"{out / shot.name}.png: {len(picture) / 1000:.0f} kB")
            await browser.close()


async def photograph(browser: Browser, address: str, world: DiscordWorld, shot: Shot) -> bytes:
    """Return one picture: the commands typed, and the messages cut out of the page."""
    page = await browser.new_page(viewport={"width": shot.width, "height": TALL}, device_scale_factor=2)
    start, _, capability = address.partition("#")
    await page.goto(f"{start}?bare&theme={shot.theme}#{capability}")
    world.read_in(world.person_id, shot.reads)
    picture = await _cut_out(page, *await _perform(world, shot))
    await page.close()
    for message in world.messages():
        world.delete(int(message["id"]))
    return _small(picture)


async def _perform(world: DiscordWorld, shot: Shot) -> tuple[int, int]:
    """The first and the last message that the picture shows."""
    if shot.command is not None:
        answer = await _thought_out(world, await world.ask(shot.command, **shot.options))
        return await _pressed(world, shot, answer, answer)
    if shot.menu is not None:
        said = await world.say(shot.says)
        return said, await _thought_out(world, await world.check(shot.menu, said))
    asked = await world.say(f"<@{world.bot_id}> {shot.says}")
    answer = await _answer_to(world, asked)
    if shot.then is not None:
        asked = await world.say(f"<@{world.bot_id}> {shot.then}", reply_to=answer)
        answer = await _answer_to(world, asked)
    return await _pressed(world, shot, asked, answer)


async def _pressed(world: DiscordWorld, shot: Shot, asked: int, answer: int) -> tuple[int, int]:
    if shot.press is None:
        return asked, answer
    pressed = await _thought_out(world, await world.click(answer, button(world.message(answer), shot.press)))
    return pressed, pressed


async def _thought_out(world: DiscordWorld, answer: int | None) -> int:
    if answer is None:
        raise RuntimeError("the bot did not answer in time")
    await world.until(lambda: not world.message(answer)["flags"] & LOADING, WITHIN)
    return answer


async def _answer_to(world: DiscordWorld, asked: int) -> int:
    def answered() -> bool:
        newest = world.messages()[-1]
        return int(newest["id"]) > asked and newest["edited_timestamp"] is not None

    await world.until(answered, WITHIN)
    return int(world.messages()[-1]["id"])


async def _cut_out(page: Page, first: int, last: int) -> bytes:
    await page.wait_for_timeout(1500)
    boxes = [await page.locator(f'article[data-message-id="{message}"]').bounding_box() for message in (first, last)]
    top, bottom = boxes[0], boxes[-1]
    if top is None or bottom is None:
        raise RuntimeError(f"the page doesn't show the messages {first} and {last}")
    height = bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN
    width = page.viewport_size["width"] if page.viewport_size else 0
    clip = FloatRect(x=0, y=top["y"] - MARGIN, width=width, height=height)
    return await page.screenshot(clip=clip)


def _small(picture: bytes) -> bytes:
    """Few colours are enough for a page of text."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
