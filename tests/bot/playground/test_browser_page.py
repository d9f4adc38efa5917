"""The page as a person meets it, in a real browser."""

import pytest

from bot.playground.shown import LOADING

pytest.importorskip("playwright")
from playwright.async_api import Page, async_playwright, expect

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
async def page(chromium, loopback, small_bot):
    async with async_playwright() as playwright, loopback.world.page(0) as address:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 960, "height": 720})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        await page.goto(address)
        yield page
        await browser.close()
        assert complaints == []


async def use(page: Page, command: str, option: str) -> None:
    composer = page.get_by_placeholder("Message #the-record")
    await composer.click()
    await composer.press_sequentially(f"/{command}")
    await page.keyboard.press("Enter")
    await expect(page.locator(":focus")).not_to_have_attribute("placeholder", "Message #the-record")
    await page.keyboard.type(option)
    await page.keyboard.press("Enter")


async def test_a_question_is_thought_about_answered_and_its_button_pressed(page, small_bot, tmp_path):
    small_bot.thinks = 2.0
    await use(page, "ask", "who said it?")
    messages = page.locator("#channel-message-list")
    await expect(messages.get_by_text("Thinking…")).to_be_visible()
    await expect(messages.get_by_text("You asked: who said it?")).to_be_in_viewport()
    await page.screenshot(path=tmp_path / "answer.png")
    assert (tmp_path / "answer.png").stat().st_size > 5_000
    await page.get_by_role("button", name="More", exact=True).last.click()
    await expect(messages.get_by_text("More of it")).to_be_visible()


async def test_what_is_said_in_the_channel_appears_by_itself(page, loopback, small_bot):
    await loopback.world.say(f"<@{loopback.world.bot_id}> are you there?")
    await expect(page.locator("#channel-message-list").get_by_text("I am here")).to_be_in_viewport()


async def test_the_page_fits_a_telephone(page, loopback, small_bot):
    await page.set_viewport_size({"width": 390, "height": 780})
    message = await loopback.world.ask("ask", question="a question of many words " * 8)
    await loopback.world.until(lambda: not loopback.world.message(message)["flags"] & LOADING, 10)
    await expect(page.get_by_role("button", name="More", exact=True).last).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_taken_port_is_replaced_by_a_free_one(loopback):
    async with loopback.world.page(loopback.port) as address:
        assert f":{loopback.port}/" not in address


async def test_the_bots_name_is_offered_once_one_types_an_at_sign(page, loopback, small_bot):
    composer = page.get_by_placeholder("Message #the-record")
    await composer.click()
    await composer.press_sequentially("@")
    await expect(page.get_by_role("button", name="@On the Record")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(composer).to_have_value(f"<@{loopback.world.bot_id}> ")


async def test_one_chooses_who_one_is_the_theme_and_the_width(page, loopback, small_bot):
    people = page.get_by_label("You are")
    await expect(people.locator("option")).to_have_text(["Alex", "Kim"])
    await page.get_by_label("in", exact=True).select_option("light")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.get_by_label("on", exact=True).select_option("phone")
    box = await page.locator("#preview-shell").bounding_box()
    assert box["width"] == 390


async def test_a_language_that_is_chosen_goes_along_with_what_one_does(page, loopback, small_bot):
    await page.get_by_label("reading").select_option("de")
    await page.wait_for_timeout(500)
    assert loopback.world._languages == {loopback.world.person_id: "de"}
