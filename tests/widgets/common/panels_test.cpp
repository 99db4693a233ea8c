// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/chip.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/fact_list.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/panel_frame.h"
#include "widgets/common/side_panel.h"
#include "widgets/common/source_banner.h"
#include "widgets/common/state_label.h"

#include <QtGui/QEnterEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

TEST(PanelFrame, KeepsItsToolsHiddenUntilTheFocusIsInside)
{
    test::pinLooks();
    PanelFrame panel(u"Latency P95"_s);
    QToolButton *inspect = panel.addTool(theme::Icon::Info, u"Inspect"_s, u"inspect"_s);
    auto *body = new QPushButton(u"body"_s);
    panel.setBody(body);
    panel.resize(400, 240);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&panel));
    body->setFocus();
    EXPECT_TRUE(inspect->isVisible()) << "the keyboard must reach them";
    QSignalSpy clicked(inspect, &QToolButton::clicked);
    QTest::mouseClick(inspect, Qt::LeftButton);
    EXPECT_EQ(clicked.size(), 1);
    EXPECT_EQ(inspect->accessibleName(), u"Inspect");
}

TEST(PanelFrame, SaysTheStateOfAFailedQueryInTheHeader)
{
    PanelFrame panel(u"HTTP latency"_s);
    panel.setStateNote(State::Stale, u"last good data 03:05:28"_s, u"HTTP 503"_s);
    auto *note = panel.findChild<StateLabel *>(u"panelState"_s);
    ASSERT_NE(note, nullptr);
    EXPECT_TRUE(note->isVisibleTo(&panel));
    EXPECT_EQ(note->word(), u"last good data 03:05:28");
    EXPECT_THAT(note->toolTip().toStdString(), testing::HasSubstr("HTTP 503"));
    panel.clearNote();
    EXPECT_FALSE(note->isVisibleTo(&panel));
}

TEST(PanelFrame, ReplacesItsBody)
{
    PanelFrame panel;
    QPointer<QLabel> first(new QLabel(u"first"_s));
    panel.setBody(first);
    auto *second = new QLabel(u"second"_s);
    panel.setBody(second);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(first.isNull());
    EXPECT_EQ(panel.body(), second);
}

TEST(EmptyState, SaysWhatWhyAndWhatToDo)
{
    test::pinLooks();
    EmptyState state;
    state.show(EmptyKind::Forbidden, u"You may look, not act, on worker"_s, u"The token has the role viewer."_s);
    state.setServerWords(u"403 forbidden: role viewer may not trip"_s);
    QPushButton *first = state.addAction(u"Use another token..."_s, u"useToken"_s);
    QPushButton *second = state.addAction(u"Copy request"_s, u"copyRequest"_s);
    EXPECT_EQ(first->property("role").toString(), u"primary");
    EXPECT_EQ(second->property("role").toString(), u"outline");
    EXPECT_EQ(state.findChild<QLabel *>(u"serverWords"_s)->text(), u"403 forbidden: role viewer may not trip");
    EXPECT_EQ(state.accessibleName(), u"You may look, not act, on worker The token has the role viewer.");
    state.clearActions();
    state.show(EmptyKind::Loading, u"Still waiting"_s);
    EXPECT_EQ(state.addAction(u"Cancel"_s, u"cancel"_s)->property("role").toString(), u"outline")
        << "nothing primary while it loads";
    state.setServerWords({});
    EXPECT_FALSE(state.findChild<QLabel *>(u"serverWords"_s)->isVisibleTo(&state));
}

TEST(SourceBanner, SaysSinceWhenAndTriesNow)
{
    test::pinLooks();
    SourceBanner banner;
    banner.setText(u"prom-p2p does not answer since 03:05:28, 4 min 12 s."_s,
                   u"HTTP 503, \"no healthy upstream\". Next try in 12 s."_s);
    QSignalSpy asked(&banner, &SourceBanner::tryNowRequested);
    QTest::mouseClick(banner.findChild<QPushButton *>(u"tryNow"_s), Qt::LeftButton);
    EXPECT_EQ(asked.size(), 1);
    EXPECT_THAT(banner.accessibleName().toStdString(), testing::HasSubstr("no healthy upstream"));
}

TEST(SidePanel, ClosesByItsCrossAndByEscape)
{
    test::pinLooks();
    SidePanel panel;
    panel.setHeading(u"HighErrorRate"_s, u"Critical, firing"_s);
    panel.setHeadingState(State::Critical);
    QSignalSpy asked(&panel, &SidePanel::closeRequested);
    QTest::mouseClick(panel.findChild<QToolButton *>(u"closeSidePanel"_s), Qt::LeftButton);
    QTest::keyClick(&panel, Qt::Key_Escape);
    EXPECT_EQ(asked.size(), 2);
}

TEST(SidePanel, PutsSectionsInOrderAndClearsThem)
{
    test::pinLooks();
    SidePanel panel;
    QPointer<QLabel> first(new QLabel(u"first"_s));
    auto *second = new QLabel(u"second"_s);
    panel.addSection(first);
    panel.addSection(second);
    panel.resize(380, 600);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
    EXPECT_LT(first->mapTo(&panel, QPoint()).y(), second->mapTo(&panel, QPoint()).y());
    panel.clearSections();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(first.isNull());
}

TEST(FlowLayout, WrapsAndItsHeightFollowsTheWidth)
{
    QWidget holder;
    auto *flow = new FlowLayout(&holder, 4, 4);
    for (int i = 0; i < 6; ++i) {
        auto *child = new QWidget;
        child->setFixedSize(60, 20);
        flow->addWidget(child);
    }
    EXPECT_EQ(flow->heightForWidth(400), 20);
    EXPECT_EQ(flow->heightForWidth(200), 44); // three in a line
    EXPECT_EQ(flow->heightForWidth(60), 6 * 20 + 5 * 4);
    holder.resize(200, 100);
    flow->setGeometry(QRect(0, 0, 200, 100));
    EXPECT_EQ(flow->itemAt(3)->geometry(), QRect(0, 24, 60, 20));
}

TEST(MonoBox, ShowsBytesAsTheyAreAndGrowsWithItsLines)
{
    test::pinLooks();
    MonoBox box(u"<b>{\"status\":\"unhealthy\"}</b>"_s);
    box.resize(400, 60);
    EXPECT_EQ(box.toPlainText(), u"<b>{\"status\":\"unhealthy\"}</b>");
    EXPECT_TRUE(box.isReadOnly());
    const int oneLine = box.height();
    box.setText(u"a\nb\nc\nd"_s);
    EXPECT_GT(box.height(), oneLine + 30);
    box.setMaximumLines(2);
    EXPECT_LT(box.height(), oneLine + 30);
    box.setText(u"{\"a\":\"unhealthy\",\"b\":\"unhealthy\"}"_s);
    box.setMarks({{u"unhealthy"_s, theme::Token::Critical}});
    EXPECT_EQ(box.extraSelections().size(), 2);
}

TEST(FactList, ClearsWhatItHeld)
{
    FactList facts;
    facts.addFact(u"Seen by"_s, u"am-core"_s);
    facts.addFact(u"Rule"_s, u"worker.yml"_s, true);
    EXPECT_EQ(facts.count(), 2);
    facts.clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(facts.count(), 0);
    EXPECT_TRUE(facts.findChildren<QLabel *>().isEmpty());
}
