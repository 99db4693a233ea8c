// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/elide_label.h"
#include "widgets/common/environment_band.h"
#include "widgets/common/freshness_pill.h"
#include "widgets/common/stat_tile.h"
#include "widgets/common/state_label.h"
#include "widgets/common/text_label.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::common;

TEST(ElideLabel, KeepsTheWholeTextInTipAndName)
{
    test::pinLooks();
    ElideLabel label(u"CircuitBreakerRecoveryTooSlow on ai-prov-1"_s);
    label.resize(label.sizeHint());
    EXPECT_FALSE(label.isElided());
    EXPECT_EQ(label.toolTip(), QString());
    label.resize(80, 20);
    QResizeEvent resize({80, 20}, {400, 20});
    QApplication::sendEvent(&label, &resize);
    EXPECT_TRUE(label.isElided());
    EXPECT_EQ(label.toolTip(), label.text());
    EXPECT_EQ(label.accessibleName(), label.text());
}

TEST(StateLabel, NeverLosesItsWord)
{
    test::pinLooks();
    StateLabel label;
    label.setState(State::Critical, u"unhealthy"_s);
    EXPECT_EQ(label.accessibleName(), u"unhealthy");
    const int withWord = label.sizeHint().width();
    label.setWordShown(false);
    EXPECT_LT(label.sizeHint().width(), withWord);
    EXPECT_EQ(label.accessibleName(), u"unhealthy");
    EXPECT_EQ(label.toolTip(), u"unhealthy");
    label.setSwitch(theme::Switch::ForcedOpen);
    EXPECT_EQ(label.state(), State::Forced);
    EXPECT_EQ(label.accessibleName(), u"forced open");
}

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

TEST(ShortAge, UsesOneUnit)
{
    EXPECT_EQ(shortAge(-5s), u"0 s");
    EXPECT_EQ(shortAge(59s), u"59 s");
    EXPECT_EQ(shortAge(60s), u"1 min");
    EXPECT_EQ(shortAge(59min + 59s), u"59 min");
    EXPECT_EQ(shortAge(26h), u"26 h");
    EXPECT_EQ(shortAge(9 * 24h), u"9 d");
}

TEST(StatTile, ShowsThreeDigitsAndCopiesAll)
{
    test::pinLooks();
    StatTile tile;
    tile.setTitle(u"Avg processing time"_s);
    tile.setValue(0.23145678, u"s"_s);
    EXPECT_EQ(tile.figure(), u"231");
    QTest::keyClick(&tile, Qt::Key_C, Qt::ControlModifier);
    EXPECT_THAT(QGuiApplication::clipboard()->text().toStdString(), testing::HasSubstr("0.23145678"));
    EXPECT_THAT(tile.accessibleName().toStdString(), testing::HasSubstr("231 ms"));
}

TEST(StatTile, MissingIsNotZero)
{
    StatTile tile;
    tile.setValue(std::nan(""), u"ms"_s);
    EXPECT_FALSE(tile.figure().contains(u'0'));
    tile.setWords(u"no calls"_s);
    EXPECT_EQ(tile.figure(), u"no calls");
}

TEST(EnvironmentBand, SaysWhatItIsAndAsksToLock)
{
    test::pinLooks();
    EnvironmentBand band;
    band.setReading({theme::BandKind::Production, u"production"_s, true, false, u"Read-only"_s, u"Unlock..."_s});
    band.resize(900, band.height());
    EXPECT_EQ(band.accessibleName(), u"Environment production, protected, Read-only");
    auto *action = band.findChild<QPushButton *>(u"bandAction"_s);
    ASSERT_NE(action, nullptr);
    EXPECT_EQ(action->text(), u"Unlock...");
    QSignalSpy asked(&band, &EnvironmentBand::lockActionRequested);
    QTest::mouseClick(action, Qt::LeftButton);
    EXPECT_EQ(asked.size(), 1);
    band.setReading({theme::BandKind::Drill, u"drill"_s, false, true, {}, {}});
    EXPECT_FALSE(action->isVisibleTo(&band));
}

TEST(TextLabel, NeverInterpretsMarkup)
{
    std::unique_ptr<QLabel> label(textLabel(u"<b>not bold</b>"_s));
    EXPECT_EQ(label->textFormat(), Qt::PlainText);
    setTone(label.get(), Tone::Critical);
    EXPECT_EQ(label->property("tone").toString(), u"critical");
}
