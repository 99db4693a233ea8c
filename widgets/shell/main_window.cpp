// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/main_window.h"

#include "models/dashboards/dashboard_decoder.h"
#include "widgets/alerts/alerts_page.h"
#include "widgets/breakers/breakers_page.h"
#include "widgets/dashboards/dashboards_page.h"
#include "widgets/drill/drill_page.h"
#include "widgets/flags/flags_page.h"
#include "widgets/health/health_page.h"
#include "widgets/overview/overview_page.h"
#include "widgets/shell/command_palette.h"
#include "widgets/shell/environment_band.h"
#include "widgets/shell/nav_rail.h"
#include "widgets/shell/page_slot.h"
#include "widgets/shell/rail_counts.h"
#include "widgets/shell/range_text.h"
#include "widgets/shell/status_strip.h"
#include "widgets/shell/top_bar.h"
#include "widgets/theme/spacing.h"
#include "widgets/workspace/dropped_file.h"

#include <QtCore/QTimer>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

class MainWindow::Private
{
public:
    Private(MainWindow *window, const ConsoleParts &parts, drill::DrillController *controller)
        : q(window), parts(parts), drillStack(controller)
    {
    }

    void addPages();
    void build();
    void addKeys();
    PageSlot *slot(const QString &name);
    void make(PageSlot &slot);
    void nameTitle();
    void later();
    void refreshRail();
    void openSystem(const QString &key, const QString &page);
    QString pageForReason(const QString &key) const;
    void openPalette();
    QString titleOf(const QString &key) const;

    MainWindow *q;
    ConsoleParts parts;
    drill::DrillController *drillStack;
    QList<PageSlot> places;
    QString current;
    QString system;
    QVariantMap memory;
    bool railWaiting = false;
    bool narrow = false;
    EnvironmentBand *band = nullptr;
    NavRail *rail = nullptr;
    TopBar *bar = nullptr;
    QStackedWidget *stack = nullptr;
    StatusStrip *strip = nullptr;
    CommandPalette *palette = nullptr;
    dashboards::DashboardsPage *dashboardsPage = nullptr;
};

void MainWindow::Private::addPages()
{
    const auto add = [this](const QString &name, const QString &word, theme::Icon icon,
                            std::function<QWidget *(PageSlot &)> make) {
        PageSlot slot;
        slot.name = name;
        slot.word = word;
        slot.icon = icon;
        slot.make = std::move(make);
        places.append(slot);
    };
    const ConsoleParts &p = parts;
    add(u"overview"_s, tr("Overview"), theme::Icon::Overview, [this, &p](PageSlot &slot) {
        auto *page =
            fillSlot(slot, new overview::OverviewPage(p.environment, p.overview, p.metrics, p.clock, strip->zone(), q));
        connect(page, &overview::OverviewPage::systemOpened, q,
                [this](const QString &key, const QString &name) { openSystem(key, name); });
        return page;
    });
    add(u"breakers"_s, tr("Breakers"), theme::Icon::Breakers, [this, &p](PageSlot &slot) {
        auto *page = fillSlot(slot, new breakers::BreakersPage(p.environment, p.breakers, p.clock, strip->zone(), q));
        connect(page, &breakers::BreakersPage::subtitleChanged, q, [this] { nameTitle(); });
        return page;
    });
    add(u"flags"_s, tr("Flags"), theme::Icon::Flags, [this, &p](PageSlot &slot) {
        auto *page = fillSlot(slot, new flags::FlagsPage(p.environment, p.flags, p.health, p.clock, strip->zone(), q));
        connect(page, &flags::FlagsPage::subtitleChanged, q, [this] { nameTitle(); });
        return page;
    });
    add(u"alerts"_s, tr("Alerts"), theme::Icon::Alerts, [this, &p](PageSlot &slot) {
        auto *page = fillSlot(
            slot, new alerts::AlertsPage(p.environment, p.alerts, p.metrics, p.monitor, p.clock, strip->zone(), q));
        connect(page, &alerts::AlertsPage::subtitleChanged, q, [this] { nameTitle(); });
        connect(page, &alerts::AlertsPage::askNowRequested, q, [this] { parts.schedule.refreshAll(); });
        return page;
    });
    add(u"health"_s, tr("Health"), theme::Icon::Health, [this, &p](PageSlot &slot) {
        auto *page = fillSlot(slot, new health::HealthPage(p.environment, p.health, p.clock, strip->zone(), q));
        connect(page, &health::HealthPage::subtitleChanged, q, [this] { nameTitle(); });
        return page;
    });
    add(u"dashboards"_s, tr("Dashboards"), theme::Icon::Dashboards, [this, &p](PageSlot &slot) {
        dashboardsPage = fillSlot(slot, new dashboards::DashboardsPage(p.environment, p.dashboards, p.metrics, p.alerts,
                                                                       p.clock, strip->zone(), q));
        connect(dashboardsPage, &dashboards::DashboardsPage::subtitleChanged, q, [this] { nameTitle(); });
        return dashboardsPage;
    });
    if (!drillStack)
        return;
    add(u"drill"_s, tr("Drill"), theme::Icon::Drill, [this](PageSlot &slot) {
        auto *page = fillSlot(slot, new drill::DrillPage(*drillStack, q));
        connect(page, &drill::DrillPage::subtitleChanged, q, [this] { nameTitle(); });
        return page;
    });
    places.last().atBottom = true;
}

void MainWindow::Private::build()
{
    auto *central = new QWidget(q);
    central->setObjectName(u"console"_s);
    strip = new StatusStrip(parts.clock, parts.zone, central);
    strip->setWarnings(parts.warnings);
    band = new EnvironmentBand(parts.environment, parts.environmentNames, parts.monitor, parts.clock, strip->zone(),
                               central);
    rail = new NavRail(central);
    bar = new TopBar(parts.metrics, parts.schedule, parts.clock, strip->zone(), central);
    stack = new QStackedWidget(central);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(bar);
    right->addWidget(stack, 1);
    auto *middle = new QHBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(rail);
    middle->addLayout(right, 1);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(band);
    layout->addLayout(middle, 1);
    layout->addWidget(strip);
    q->setCentralWidget(central);
    // No control is marked before the operator has touched the keyboard; Tab goes on from here.
    central->setFocusPolicy(Qt::ClickFocus);
    central->setFocus();
    palette = new CommandPalette(q);

    connect(rail, &NavRail::pageRequested, q, &MainWindow::showPage);
    connect(band, &EnvironmentBand::environmentRequested, q, &MainWindow::environmentRequested);
    connect(band, &EnvironmentBand::askNowRequested, q, [this] { parts.schedule.refreshAll(); });
    connect(bar, &TopBar::paletteRequested, q, [this] { openPalette(); });
    connect(bar, &TopBar::systemCleared, q, [this] { q->filterSystem({}); });
    connect(strip, &StatusStrip::themeRequested, q, &MainWindow::themeRequested);
    connect(strip, &StatusStrip::zoneChanged, q, [this](const QTimeZone &zone) {
        band->setTimeZone(zone);
        bar->setTimeZone(zone);
        for (const PageSlot &slot : std::as_const(places)) {
            if (slot.widget)
                slot.setTimeZone(zone);
        }
    });
    connect(&parts.overview, &overview::OverviewStore::changed, q, [this] { later(); });
}

void MainWindow::Private::addKeys()
{
    const auto key = [this](const QKeySequence &keys, std::function<void()> run) {
        auto *shortcut = new QShortcut(keys, q);
        connect(shortcut, &QShortcut::activated, q, std::move(run));
    };
    for (int i = 0; i < places.size() && i < 9; ++i)
        key(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)),
            [this, name = places.at(i).name] { q->showPage(name); });
    key(QKeySequence(u"Ctrl+K"_s), [this] { openPalette(); });
    key(QKeySequence(u"Ctrl+T"_s), [this] { bar->openRangeMenu(); });
    key(QKeySequence(u"Ctrl+-"_s), [this] { bar->zoomOut(); });
    key(QKeySequence(u"Alt+Left"_s), [this] { bar->goBack(); });
    key(QKeySequence(u"F5"_s), [this] { parts.schedule.refreshAll(); });
    key(QKeySequence(u"Ctrl+U"_s), [this] { strip->setUtc(!strip->showsUtc()); });
    key(QKeySequence(u"Ctrl+O"_s), [this] {
        workspace::askForWorkspaceFile(q, [this](const QString &file) { Q_EMIT q->workspaceOpenRequested(file); });
    });
    key(QKeySequence(u"F11"_s), [this] { q->setWindowState(q->windowState() ^ Qt::WindowFullScreen); });
}

PageSlot *MainWindow::Private::slot(const QString &name)
{
    const auto it = std::find_if(places.begin(), places.end(), [&](const PageSlot &slot) { return slot.name == name; });
    return it == places.end() ? nullptr : &*it;
}

void MainWindow::Private::make(PageSlot &slot)
{
    slot.make(slot);
    stack->addWidget(slot.widget);
    slot.filterSystem(system);
    if (memory.contains(slot.name))
        slot.recall(memory.value(slot.name).toMap());
}

void MainWindow::Private::nameTitle()
{
    const PageSlot *shown = slot(current);
    if (!shown || !shown->widget)
        return;
    bar->setTitle(shown->word, shown->subtitle());
    q->setWindowTitle(tr("%1, %2 - Atalaya").arg(shown->word, parts.environment.name));
}

void MainWindow::Private::later()
{
    if (railWaiting)
        return;
    railWaiting = true;
    QTimer::singleShot(0, q, [this] {
        railWaiting = false;
        refreshRail();
    });
}

void MainWindow::Private::refreshRail()
{
    QList<RailEntry> entries;
    for (const PageSlot &slot : std::as_const(places)) {
        RailEntry entry;
        entry.page = slot.name;
        entry.word = slot.word;
        entry.icon = slot.icon;
        entry.atBottom = slot.atBottom;
        entries.append(entry);
    }
    setCounts(entries, parts.overview.verdict(), parts.overview.systems());
    rail->setEntries(entries);
}

QString MainWindow::Private::titleOf(const QString &key) const
{
    for (const workspace::System &each : parts.environment.systems) {
        if (each.key == key)
            return each.title.isEmpty() ? key : each.title;
    }
    return key;
}

QString MainWindow::Private::pageForReason(const QString &key) const
{
    for (const overview::SystemSummary &each : parts.overview.systems()) {
        if (each.key != key)
            continue;
        if (each.critical + each.warning + each.info + each.pending > 0)
            return u"alerts"_s;
        if (each.breakersOpen + each.breakersHalfOpen + each.breakersForced + each.breakersBypassed > 0)
            return u"breakers"_s;
        break;
    }
    return u"health"_s;
}

void MainWindow::Private::openSystem(const QString &key, const QString &page)
{
    q->filterSystem(key);
    q->showPage(page.isEmpty() ? pageForReason(key) : page);
}

void MainWindow::Private::openPalette()
{
    QList<PaletteEntry> entries;
    for (int i = 0; i < places.size(); ++i) {
        const PageSlot &slot = places.at(i);
        entries.append({slot.word, tr("Page"), i < 9 ? tr("Alt+%1").arg(i + 1) : QString(), slot.icon,
                        [this, name = slot.name] { q->showPage(name); }});
    }
    for (const workspace::System &each : parts.environment.systems) {
        const QString title = titleOf(each.key);
        entries.append({title, tr("System"), {}, theme::Icon::Server, [this, key = each.key] { openSystem(key, {}); }});
    }
    if (!system.isEmpty())
        entries.append(
            {tr("Show all systems"), tr("Action"), tr("Esc"), theme::Icon::Close, [this] { q->filterSystem({}); }});
    for (const dashboards::Dashboard &each : parts.dashboards) {
        const QString title = each.system.isEmpty() ? each.title : tr("%1, %2").arg(each.title, titleOf(each.system));
        entries.append({title,
                        tr("Dashboard"),
                        {},
                        theme::Icon::Dashboards,
                        [this, uid = each.uid.isEmpty() ? each.file : each.uid] {
                            q->showPage(u"dashboards"_s);
                            if (dashboardsPage)
                                dashboardsPage->showDashboard(uid);
                        }});
    }
    for (const auto &[length, name] : quickRanges())
        entries.append({name, tr("Time range"), {}, theme::Icon::Clock, [this, length = length] {
                            parts.metrics.showLast(length);
                        }});
    const auto action = [&](const QString &title, const QString &keys, theme::Icon icon, std::function<void()> run) {
        entries.append({title, tr("Action"), keys, icon, std::move(run)});
    };
    action(tr("Choose a time range"), tr("Ctrl+T"), theme::Icon::Calendar, [this] { bar->openRangeMenu(); });
    action(tr("Zoom out"), tr("Ctrl+-"), theme::Icon::ZoomOut, [this] { bar->zoomOut(); });
    if (bar->canGoBack())
        action(tr("Back to the last time range"), tr("Alt+Left"), theme::Icon::Back, [this] { bar->goBack(); });
    action(parts.schedule.isPaused() ? tr("Go on asking") : tr("Pause"), tr("Space"),
           parts.schedule.isPaused() ? theme::Icon::Play : theme::Icon::Pause, [this] { bar->togglePause(); });
    action(tr("Ask everything now"), tr("F5"), theme::Icon::Refresh, [this] { parts.schedule.refreshAll(); });
    action(strip->showsUtc() ? tr("Show local time") : tr("Show UTC"), tr("Ctrl+U"), theme::Icon::Clock,
           [this] { strip->setUtc(!strip->showsUtc()); });
    for (const auto &[name, title] : {std::pair{u"system"_s, tr("Appearance: follow the system")},
                                      {u"dark"_s, tr("Appearance: dark")},
                                      {u"light"_s, tr("Appearance: light")},
                                      {u"high-contrast"_s, tr("Appearance: high contrast")}})
        action(title, {}, theme::Icon::Sliders, [this, name = name] { Q_EMIT q->themeRequested(name); });
    action(tr("Open a workspace file"), tr("Ctrl+O"), theme::Icon::File, [this] {
        workspace::askForWorkspaceFile(q, [this](const QString &file) { Q_EMIT q->workspaceOpenRequested(file); });
    });
    if (!drillStack)
        action(tr("Start the drill stack"), {}, theme::Icon::Drill, [this] { Q_EMIT q->drillRequested(); });
    for (const QString &name : std::as_const(parts.environmentNames)) {
        if (name != parts.environment.name)
            action(tr("Switch to environment %1").arg(name), {}, theme::Icon::Server,
                   [this, name] { Q_EMIT q->environmentRequested(name); });
    }
    action(tr("Full screen"), tr("F11"), theme::Icon::FullScreen,
           [this] { q->setWindowState(q->windowState() ^ Qt::WindowFullScreen); });
    palette->open(std::move(entries));
}

MainWindow::MainWindow(const ConsoleParts &parts, drill::DrillController *drill, QWidget *parent)
    : QMainWindow(parent), d(std::make_unique<Private>(this, parts, drill))
{
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    resize(1440, 900);
    d->build();
    d->addPages();
    d->addKeys();
    d->refreshRail();
    showPage(u"overview"_s);
}

MainWindow::~MainWindow() = default;

QStringList MainWindow::pages() const
{
    QStringList names;
    for (const PageSlot &slot : std::as_const(d->places))
        names += slot.name;
    return names;
}

void MainWindow::showPage(const QString &name)
{
    PageSlot *wanted = d->slot(name);
    if (!wanted || name == d->current)
        return;
    if (!wanted->widget)
        d->make(*wanted);
    d->current = name;
    d->stack->setCurrentWidget(wanted->widget);
    d->rail->setPage(name);
    d->nameTitle();
    Q_EMIT pageChanged(name);
}

QString MainWindow::page() const
{
    return d->current;
}

void MainWindow::filterSystem(const QString &key)
{
    if (key == d->system)
        return;
    d->system = key;
    d->bar->setSystem(key.isEmpty() ? QString() : d->titleOf(key));
    for (const PageSlot &slot : std::as_const(d->places)) {
        if (slot.widget)
            slot.filterSystem(key);
    }
}

bool MainWindow::isSettled() const
{
    const ConsoleParts &p = d->parts;
    if (d->railWaiting || !p.alerts.isSettled() || !p.health.isSettled() || !p.breakers.isSettled() ||
        !p.flags.isSettled())
        return false;
    const PageSlot *shown = d->slot(d->current);
    return shown && shown->widget && shown->isSettled();
}

QVariantMap MainWindow::remembered() const
{
    QVariantMap map = d->memory;
    map.insert(u"page"_s, d->current);
    map.insert(u"utc"_s, d->strip->showsUtc());
    for (const PageSlot &slot : std::as_const(d->places)) {
        if (slot.widget)
            map.insert(slot.name, slot.remembered());
    }
    return map;
}

void MainWindow::recall(const QVariantMap &remembered)
{
    d->memory = remembered;
    d->strip->setUtc(remembered.value(u"utc"_s, d->strip->showsUtc()).toBool());
    for (const PageSlot &slot : std::as_const(d->places)) {
        if (slot.widget && remembered.contains(slot.name))
            slot.recall(remembered.value(slot.name).toMap());
    }
    showPage(remembered.value(u"page"_s).toString());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < theme::narrowWindow;
    if (narrow == d->narrow)
        return;
    d->narrow = narrow;
    d->band->setNarrow(narrow);
    d->rail->setNarrow(narrow);
    d->bar->setNarrow(narrow);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // Only what no control wanted arrives here, so that Space still presses a focused button.
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat()) {
        d->bar->togglePause();
        return;
    }
    if (event->key() == Qt::Key_Escape && !d->system.isEmpty()) {
        filterSystem({});
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!workspace::droppedWorkspaceFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString file = workspace::droppedWorkspaceFile(event->mimeData());
    if (file.isEmpty())
        return;
    // The same ending serves both: what reads as a dashboard is one, everything else is tried as a workspace.
    if (dashboards::readDashboard(file)) {
        showPage(u"dashboards"_s);
        d->dashboardsPage->openFile(file);
        return;
    }
    Q_EMIT workspaceOpenRequested(file);
}

} // namespace atalaya::shell

#include "moc_main_window.cpp"
