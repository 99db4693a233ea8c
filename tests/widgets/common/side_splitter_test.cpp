// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/side_splitter.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QFrame>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

namespace {

struct OpenSplitter
{
    OpenSplitter()
    {
        test::pinLooks();
        window.resize(1200, 600);
        splitter = new SideSplitter(&window);
        splitter->setPanes(new QWidget, new QWidget, u"side"_s);
        splitter->resize(window.size());
        window.show();
    }
    int panelWidth() const { return splitter->sizes().at(1); }

    QWidget window;
    SideSplitter *splitter;
};

} // namespace

TEST(SideSplitter, KeepsThePanelsWidthWhileItIsClosed)
{
    OpenSplitter open;
    EXPECT_FALSE(open.splitter->isPanelOpen());
    open.splitter->openPanel(380);
    EXPECT_TRUE(open.window.findChild<QFrame *>(u"side"_s)->isVisible());
    EXPECT_NEAR(open.panelWidth(), 380, 2);
    open.splitter->setSizes({1200 - 450, 450});
    open.splitter->closePanel();
    EXPECT_FALSE(open.splitter->isPanelOpen());
    open.splitter->openPanel(380);
    EXPECT_NEAR(open.panelWidth(), 450, 2);

    OpenSplitter later;
    later.splitter->recall(open.splitter->remembered());
    later.splitter->openPanel(380);
    EXPECT_NEAR(later.panelWidth(), 450, 2) << "also over a restart";
}

TEST(SideSplitter, EscapeAsksToCloseOnlyWhatIsOpen)
{
    OpenSplitter open;
    ASSERT_TRUE(QTest::qWaitForWindowActive(&open.window));
    QSignalSpy asked(open.splitter, &SideSplitter::closeRequested);
    open.splitter->widget(0)->setFocusPolicy(Qt::StrongFocus);
    open.splitter->widget(0)->setFocus();
    QTest::keyClick(&open.window, Qt::Key_Escape);
    EXPECT_EQ(asked.size(), 0);
    open.splitter->openPanel(380);
    QTest::keyClick(&open.window, Qt::Key_Escape);
    EXPECT_EQ(asked.size(), 1);
    EXPECT_TRUE(open.splitter->isPanelOpen()) << "the page closes it";
}
