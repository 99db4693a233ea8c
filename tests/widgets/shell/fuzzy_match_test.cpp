// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/fuzzy_match.h"

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using atalaya::shell::fuzzyMatch;

TEST(FuzzyMatch, NothingTypedMatchesEverything)
{
    ASSERT_TRUE(fuzzyMatch({}, u"Overview"_s));
    EXPECT_EQ(fuzzyMatch(u"   "_s, u"Overview"_s)->score, 0);
}

TEST(FuzzyMatch, LettersMustComeInOrder)
{
    EXPECT_TRUE(fuzzyMatch(u"ovw"_s, u"Overview"_s));
    EXPECT_FALSE(fuzzyMatch(u"wov"_s, u"Overview"_s));
    EXPECT_FALSE(fuzzyMatch(u"overviews"_s, u"Overview"_s));
    EXPECT_FALSE(fuzzyMatch(u"x"_s, QString()));
}

TEST(FuzzyMatch, CaseAndSpacesDoNotMatter)
{
    EXPECT_EQ(fuzzyMatch(u"GO ALERTS"_s, u"go to alerts"_s)->positions,
              fuzzyMatch(u"goalerts"_s, u"Go To Alerts"_s)->positions);
}

TEST(FuzzyMatch, StartsOfWordsWin)
{
    EXPECT_GT(fuzzyMatch(u"ai"_s, u"ai-proveedores"_s)->score, fuzzyMatch(u"ai"_s, u"Main board"_s)->score);
    EXPECT_GT(fuzzyMatch(u"lh"_s, u"Last 1 hour"_s)->score, fuzzyMatch(u"lh"_s, u"alphabet"_s)->score);
}

TEST(FuzzyMatch, AShorterTextWinsOverALongerOne)
{
    EXPECT_GT(fuzzyMatch(u"queue"_s, u"Queue"_s)->score,
              fuzzyMatch(u"queue"_s, u"Queue, all systems side by side"_s)->score);
}

TEST(FuzzyMatch, MarksTheBetterPlaceNotTheFirst)
{
    // "al" stands inside "Global" first, at the start of "alerts" better.
    EXPECT_EQ(fuzzyMatch(u"al"_s, u"Global alerts"_s)->positions, (QList<int>{7, 8}));
}
