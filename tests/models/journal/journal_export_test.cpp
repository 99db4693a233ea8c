// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/journal_export.h"
#include "tests/models/journal/journal_examples.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::journal;
using namespace atalaya::journal::test;

namespace {

std::string markdownOf(const QList<Content> &contents, const QTimeZone &zone = QTimeZone::utc())
{
    QList<Entry> entries;
    for (const Content &content : contents)
        entries.append({entries.size() + 1, Timestamp(Milliseconds(1'795'489'200'000)) + entries.size() * 1s, content});
    return exportMarkdown(entries, zone).toStdString();
}

} // namespace

TEST(JournalExport, TellsACommandInWords)
{
    EXPECT_EQ(
        markdownOf({intentOf(u"c"_s), SentMark{u"c"_s, u"worker-1"_s}, outcomeOf(u"c"_s, Outcome::Unknown),
                    Resolution{u"c"_s, u"worker-1"_s, Outcome::Applied, {}, u"The server's audit says so."_s, {}}}),
        "# Journal\n\nTimes in UTC.\n\n"
        "- 2026-11-24 03:00:00 — **Trip worker/openai** in production by ana@desk-7 on worker-1 (closed). "
        "Reason: provider down (hold\\_seconds 900)\n"
        "- 2026-11-24 03:00:01 — Trip worker/openai: sent to worker-1\n"
        "- 2026-11-24 03:00:02 — Trip worker/openai on worker-1: **unknown**. as the test says\n"
        "- 2026-11-24 03:00:03 — Trip worker/openai on worker-1: found to be **applied** by reading back. "
        "The server's audit says so.\n");
}

TEST(JournalExport, TellsUnlocksLocksAndNotesInTheReadersZone)
{
    const std::string text =
        markdownOf({Unlock{u"production"_s, u"ana"_s, {}, u"incident 7"_s, Timestamp(Milliseconds(1'795'490'100'000))},
                    Lock{u"production"_s, u"ana"_s, {}, u"session locked"_s},
                    Note{u"production"_s, u"ana"_s, {}, u"called them"_s}},
                   QTimeZone(3600));
    EXPECT_NE(text.find("04:00:00 — Unlocked in production by ana until 2026-11-24 04:15:00. Reason: incident 7"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("Locked in production by ana. session locked"), std::string::npos) << text;
    EXPECT_NE(text.find("Note in production by ana: called them"), std::string::npos) << text;
}

TEST(JournalExport, WhatPeopleWroteCannotBreakTheForm)
{
    const std::string text = markdownOf({Note{{}, u"ana"_s, {}, u"line\n# heading\n- item <b>%1</b> [x](y)"_s}});
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5) << text;
    EXPECT_NE(text.find("\\# heading - item \\<b\\>%1\\</b\\> \\[x\\](y)"), std::string::npos) << text;
}

TEST(JournalExport, SaysThatThereIsNothing)
{
    EXPECT_NE(markdownOf({}).find("No entries."), std::string::npos);
}

TEST(JournalExport, MasksTelephoneNumbers)
{
    const std::string text = markdownOf({Note{{}, u"ana"_s, {}, u"called +34600123456"_s}});
    EXPECT_EQ(text.find("600123456"), std::string::npos) << text;
}
