from bot.tasks.application_record import ApplicationRecord
from bot.tasks.guild_reconciliation import GuildReconciliation
from tests.bot.harness import World, world_with


def reconciliation(bot, folder) -> GuildReconciliation:
    return GuildReconciliation(
        bot, ApplicationRecord(folder / "guilds.json"), ApplicationRecord(folder / "commands.json")
    )


async def fill(bot, guild: int) -> None:
    await bot.services.guilds.change(guild, private=True)
    bot.services.gaps._gaps.add(guild, "who won the cup?")


async def test_a_guild_that_sent_the_bot_away_while_it_was_offline_is_forgotten(make_bot, tmp_path):
    bot = make_bot()
    async with world_with(bot) as world:
        await fill(bot, world.guild.id)
        await fill(bot, 77)
        ApplicationRecord(tmp_path / "guilds.json").remember(bot.application_id, [world.guild.id, 77])

        await reconciliation(bot, tmp_path).reconcile()

        assert await bot.services.guilds_with_data() == {world.guild.id}
        assert ApplicationRecord(tmp_path / "guilds.json").get(bot.application_id) == [world.guild.id]


async def test_what_an_earlier_version_kept_is_reconciled_too(make_bot, tmp_path):
    bot = make_bot()
    async with world_with(bot) as world:
        await fill(bot, world.guild.id)
        await fill(bot, 77)

        await reconciliation(bot, tmp_path).reconcile()

        assert await bot.services.guilds_with_data() == {world.guild.id}


async def test_a_bot_that_is_tried_on_an_archive_forgets_no_guild_of_another(make_bot, tmp_path):
    ApplicationRecord(tmp_path / "commands.json").remember(4711, "digest")
    bot = make_bot()
    async with world_with(bot):
        await fill(bot, 77)

        await reconciliation(bot, tmp_path).reconcile()
        await reconciliation(bot, tmp_path).reconcile()

        assert 77 in await bot.services.guilds_with_data()


async def test_a_guild_that_is_still_there_keeps_all(make_bot, tmp_path):
    bot = make_bot()
    async with world_with(bot) as world:
        other = World(world.env)
        for guild in (world.guild.id, other.guild.id):
            await fill(bot, guild)

        await reconciliation(bot, tmp_path).reconcile()
        await reconciliation(bot, tmp_path).reconcile()

        assert await bot.services.guilds_with_data() == {world.guild.id, other.guild.id}


async def test_a_guild_that_cannot_be_forgotten_keeps_no_other_and_is_tried_again(make_bot, tmp_path, monkeypatch):
    bot = make_bot()
    async with world_with(bot) as world:
        await fill(bot, 66)
        await fill(bot, 77)
        forget, odd = bot.services.gaps.forget, [66]

        async def fail(guild):
            if guild in odd:
                raise KeyError(guild)
            await forget(guild)

        monkeypatch.setattr(bot.services.gaps, "forget", fail)
        record = ApplicationRecord(tmp_path / "guilds.json")
        record.remember(bot.application_id, [world.guild.id, 66, 77])
        await reconciliation(bot, tmp_path).reconcile()
        assert await bot.services.guilds_with_data() == {66}
        assert record.get(bot.application_id) == sorted([66, world.guild.id])

        odd.clear()
        await reconciliation(bot, tmp_path).reconcile()
        assert await bot.services.guilds_with_data() == set()
