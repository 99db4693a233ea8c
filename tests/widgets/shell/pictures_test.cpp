// SPDX-License-Identifier: GPL-3.0-or-later
// Draws whole windows over the incident. With ATALAYA_PICTURES set to a folder the pictures are kept there, to be
// looked at.

#include "tests/widgets/shell/console_fleet.h"
#include "widgets/overview/system_card.h"
#include "widgets/shell/main_window.h"
#include "widgets/theme/theme.h"
#include "widgets/workspace/first_run_page.h"
#include "widgets/workspace/start_failure_page.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include "resources/resources.h"
#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;

namespace {

QImage drawn(QWidget &window, const QString &name, qreal scale = 1)
{
    test::IncidentFleet::settle();
    QImage image(window.size() * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(theme::currentTheme().color(theme::Token::Bg));
    window.render(&image);
    const QString folder = qEnvironmentVariable("ATALAYA_PICTURES");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        image.save(folder + u'/' + name + u".png"_s);
    return image;
}

/// More than one colour: something was drawn.
bool showsSomething(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colors.insert(image.pixel(x, y));
    }
    return colors.size() > 20;
}

struct Shot
{
    const char16_t *page;
    theme::Scheme scheme;
    QSize size;
    qreal scale;
};

} // namespace

TEST(Pictures, TheWindowDrawsItselfInEveryLook)
{
    registerAtalayaResources();
    theme::applyTheme(*qApp, theme::Scheme::Dark);
    test::ConsoleFleet console(test::IncidentFleet::at(2, 58, 0));
    console.overview();
    console.fleet.metrics();
    console.fleet.run(11min, 20s);
    test::FakeDrill drill;
    drill.list = {{u"openai-outage"_s,
                   u"OpenAI outage"_s,
                   u"Calls to OpenAI time out; breakers open and the queue grows."_s,
                   u"worker"_s,
                   {u"worker-1"_s, u"worker-2"_s, u"worker-3"_s},
                   {u"worker-1"_s}},
                  {u"slow-database"_s,
                   u"Slow database"_s,
                   u"Inserts take seconds; the buffer fills up."_s,
                   u"aurore"_s,
                   {u"aurore-1"_s, u"aurore-2"_s},
                   {}}};
    const QList<Shot> shots{
        {u"overview", theme::Scheme::Dark, {1440, 900}, 1}, {u"overview", theme::Scheme::Light, {1440, 900}, 1},
        {u"overview", theme::Scheme::Dark, {1024, 700}, 1}, {u"overview", theme::Scheme::HighContrast, {1440, 900}, 2},
        {u"alerts", theme::Scheme::Dark, {1440, 900}, 1},   {u"alerts", theme::Scheme::Light, {1024, 700}, 1},
        {u"drill", theme::Scheme::Dark, {1440, 900}, 1}};
    for (const Shot &shot : shots) {
        const QString page = QString::fromUtf16(shot.page);
        theme::applyTheme(*qApp, shot.scheme);
        shell::MainWindow window(console.parts(), &drill);
        window.resize(shot.size);
        window.showPage(page);
        window.show();
        test::IncidentFleet::settle();
        console.overview().look();
        const QString scheme = shot.scheme == theme::Scheme::Dark    ? u"dark"_s
                               : shot.scheme == theme::Scheme::Light ? u"light"_s
                                                                     : u"contrast"_s;
        const QImage image =
            drawn(window, u"shell-%1-%2-%3-%4x"_s.arg(page, scheme).arg(shot.size.width()).arg(shot.scale), shot.scale);
        EXPECT_TRUE(showsSomething(image)) << qPrintable(page);
        // Nothing of the smallest window may be cut off at its right edge.
        for (const overview::SystemCard *card : window.findChildren<overview::SystemCard *>())
            EXPECT_LE(card->mapTo(&window, QPoint(card->width(), 0)).x(), window.width());
    }
}

TEST(FrontPictures, FirstRunAndFailureDrawThemselves)
{
    registerAtalayaResources();
    for (const auto &[scheme, name] : {std::pair{theme::Scheme::Dark, u"dark"_s}, {theme::Scheme::Light, u"light"_s}}) {
        theme::applyTheme(*qApp, scheme);
        workspace::FirstRunPage first;
        first.resize(1024, 640);
        first.show();
        EXPECT_TRUE(showsSomething(drawn(first, u"first-run-"_s + name)));
        workspace::StartFailurePage failure(
            u"/home/ana/atalaya/production.json"_s,
            Error{ErrorKind::BadInput, u"/home/ana/atalaya/production.json:17 at /environments/0/systems/1/helth"_s,
                  u"unknown key \"helth\"; did you mean \"health\"? Allowed are key, title, prometheus, selector"_s});
        failure.resize(1024, 640);
        failure.show();
        EXPECT_TRUE(showsSomething(drawn(failure, u"failure-"_s + name)));
    }
}

TEST(FrontPictures, AWindowIsDrawnBeforeAnythingAnswers)
{
    registerAtalayaResources();
    theme::applyTheme(*qApp, theme::Scheme::Dark);
    test::ConsoleFleet console(test::IncidentFleet::at(3, 9, 0), test::IncidentFleet::Network::Hangs);
    console.run(2s);
    shell::MainWindow window(console.parts());
    window.show();
    EXPECT_TRUE(showsSomething(drawn(window, u"shell-overview-loading"_s)));
    window.showPage(u"alerts"_s);
    EXPECT_TRUE(showsSomething(drawn(window, u"shell-alerts-loading"_s)));
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    EXPECT_TRUE(showsSomething(drawn(window, u"shell-palette"_s)));
}
