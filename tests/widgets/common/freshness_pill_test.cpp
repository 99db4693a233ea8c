// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/freshness_pill.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::common;

TEST(FreshnessPill, IsNeverLiveInWordsWhileItIsNot)
{
    test::pinLooks();
    FreshnessPill pill;
    pill.setReading({u"prom-core"_s, Freshness::Live, 4s, u"03:09:36"_s, {}});
    EXPECT_EQ(pill.text(), u"prom-core 4 s");
    EXPECT_EQ(pill.accessibleName(), u"prom-core, live, 4 s");
    pill.setReading({u"prom-p2p"_s, Freshness::Stale, 4min + 12s, u"03:05:28"_s, u"HTTP 503"_s});
    EXPECT_EQ(pill.text(), u"prom-p2p stale 4 min");
    EXPECT_THAT(pill.toolTip().toStdString(),
                testing::AllOf(testing::HasSubstr("03:05:28"), testing::HasSubstr("HTTP 503")));
    pill.setReading({u"am-core"_s, Freshness::Unreachable, {}, {}, u"connection refused"_s});
    EXPECT_EQ(pill.text(), u"am-core unreachable");
    EXPECT_THAT(pill.toolTip().toStdString(), testing::HasSubstr("no good answer yet"));
    QSignalSpy clicked(&pill, &FreshnessPill::clicked);
    pill.resize(pill.sizeHint());
    QTest::mouseClick(&pill, Qt::LeftButton);
    EXPECT_EQ(clicked.size(), 1);
}
