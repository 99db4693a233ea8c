// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/dropped_file.h"
#include "widgets/workspace/first_run_page.h"
#include "widgets/workspace/start_failure_page.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

namespace {

void dropOn(QWidget &widget, const QList<QUrl> &urls)
{
    QMimeData mime;
    mime.setUrls(urls);
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &drop);
}

} // namespace

TEST(FirstRunPage, StartsTheDrill)
{
    workspace::FirstRunPage page;
    page.show();
    QSignalSpy wanted(&page, &workspace::FirstRunPage::drillRequested);
    QTest::mouseClick(page.findChild<QPushButton *>(u"startDrill"_s), Qt::LeftButton);
    EXPECT_EQ(wanted.size(), 1);
}

TEST(FirstRunPage, RestsWhileSomethingStartsAndSaysWhy)
{
    workspace::FirstRunPage page;
    page.show();
    page.showProgress(u"Starting Prometheus"_s);
    auto *start = page.findChild<QPushButton *>(u"startDrill"_s);
    EXPECT_FALSE(start->isEnabled());
    EXPECT_EQ(start->toolTip(), u"Starting Prometheus"_s);
    EXPECT_TRUE(page.findChild<QLabel *>(u"firstRunProgress"_s)->isVisible());
    page.showProblem(u"Prometheus was not found"_s);
    EXPECT_TRUE(start->isEnabled());
    EXPECT_FALSE(page.findChild<QLabel *>(u"firstRunProgress"_s)->isVisible());
    EXPECT_EQ(page.findChild<QLabel *>(u"firstRunProblem"_s)->text(), u"Prometheus was not found"_s);
}

TEST(FirstRunPage, OpensADroppedWorkspaceAndNothingElse)
{
    workspace::FirstRunPage page;
    page.show();
    QSignalSpy opened(&page, &workspace::FirstRunPage::workspaceOpenRequested);
    dropOn(page, {QUrl::fromLocalFile(u"/tmp/picture.png"_s)});
    dropOn(page, {QUrl(u"https://example.test/a.json"_s)});
    dropOn(page, {QUrl::fromLocalFile(u"/tmp/a.json"_s), QUrl::fromLocalFile(u"/tmp/b.json"_s)});
    EXPECT_EQ(opened.size(), 0);
    dropOn(page, {QUrl::fromLocalFile(u"/tmp/team.json"_s)});
    ASSERT_EQ(opened.size(), 1);
    EXPECT_EQ(opened.first().first().toString(), u"/tmp/team.json"_s);
}

TEST(FirstRunPage, AsksForAFileWithoutBlocking)
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    workspace::FirstRunPage page;
    page.show();
    QSignalSpy opened(&page, &workspace::FirstRunPage::workspaceOpenRequested);
    QTest::mouseClick(page.findChild<QPushButton *>(u"openWorkspace"_s), Qt::LeftButton);
    auto *dialog = page.findChild<QFileDialog *>();
    ASSERT_TRUE(dialog && dialog->isVisible());
    Q_EMIT dialog->fileSelected(u"/tmp/team.json"_s);
    EXPECT_EQ(opened.size(), 1);
    dialog->reject();
}

TEST(StartFailurePage, NamesFileLineAndPlace)
{
    workspace::StartFailurePage page(
        u"/etc/atalaya.json"_s,
        Error{ErrorKind::BadInput, u"/etc/atalaya.json:17 at /environments/0/kind"_s, u"unknown word"_s});
    page.show();
    EXPECT_EQ(page.findChild<QLabel *>(u"failureSummary"_s)->text(), u"Unknown word"_s);
    EXPECT_EQ(page.findChild<QLabel *>(u"failureFile"_s)->text(), u"/etc/atalaya.json"_s);
    EXPECT_EQ(page.findChild<QLabel *>(u"failureLine"_s)->text(), u"17"_s);
    EXPECT_EQ(page.findChild<QLabel *>(u"failurePointer"_s)->text(), u"/environments/0/kind"_s);
}

TEST(StartFailurePage, LeavesOutWhatIsNotSaid)
{
    workspace::StartFailurePage page(u"/etc/atalaya.json"_s,
                                     Error{ErrorKind::BadInput, u"/etc/atalaya.json"_s, u"no such file"_s});
    EXPECT_FALSE(page.findChild<QLabel *>(u"failureLine"_s));
    EXPECT_FALSE(page.findChild<QLabel *>(u"failurePointer"_s));
}

TEST(StartFailurePage, TriesAgain)
{
    workspace::StartFailurePage page(u"/etc/atalaya.json"_s, Error{});
    page.show();
    QSignalSpy again(&page, &workspace::StartFailurePage::tryAgainRequested);
    QTest::mouseClick(page.findChild<QPushButton *>(u"tryAgain"_s), Qt::LeftButton);
    EXPECT_EQ(again.size(), 1);
}
