// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alerts_page.h"

#include "models/alerts/alert_table_model.h"
#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/alerts/alert_filter_bar.h"
#include "widgets/alerts/alert_panel.h"
#include "widgets/alerts/alert_table.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/notice_banner.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <set>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using common::EmptyNotice;
using common::NoticeBanner;

class AlertsPage::Private
{
public:
    Private(AlertsPage *page, const workspace::Environment &environment, const AlertStore &store,
            metrics::MetricStore &metrics, const refresh::SourceMonitor &monitor, const Clock &clock,
            const QTimeZone &zone)
        : q(page), environment(environment), store(store), metrics(metrics), monitor(monitor), clock(clock), zone(zone)
    {
    }

    void build();
    void later();
    void refresh();
    void showBanners();
    void showEmpty();
    void applyMatchers();
    void openPanel(const QString &fingerprint);
    void closePanel();
    void setNarrow(bool narrow);

    AlertsPage *q;
    const workspace::Environment &environment;
    const AlertStore &store;
    metrics::MetricStore &metrics;
    const refresh::SourceMonitor &monitor;
    const Clock &clock;
    QTimeZone zone;
    AlertTableModel *model = nullptr;
    AlertFilterBar *filter = nullptr;
    NoticeBanner *silent = nullptr;
    NoticeBanner *broken = nullptr;
    AlertTable *table = nullptr;
    EmptyNotice *empty = nullptr;
    QStackedLayout *body = nullptr;
    AlertPanel *panel = nullptr;
    QSplitter *splitter = nullptr;
    QTimer *second = nullptr;
    QList<Matcher> typed;
    QString system;
    bool waiting = false;
    bool panelClosed = false; ///< by the operator: the first alert does not open it again
    bool narrow = false;
};

void AlertsPage::Private::build()
{
    q->setObjectName(u"alertsPage"_s);
    model = new AlertTableModel(store, clock, q);
    model->setObjectName(u"alertModel"_s);
    model->setGroupLabel(u"system"_s);
    auto *left = new QWidget(q);
    filter = new AlertFilterBar(left);
    filter->setGroupLabel(u"system"_s);
    silent = new NoticeBanner(left);
    silent->setObjectName(u"silentBanner"_s);
    silent->setAction(theme::Icon::Refresh, tr("Try now"), tr("Ask every source now (F5)"));
    broken = new NoticeBanner(left);
    broken->setObjectName(u"brokenRules"_s);
    auto *stacked = new QWidget(left);
    table = new AlertTable(*model, stacked);
    empty = new EmptyNotice(stacked);
    empty->setObjectName(u"alertsEmpty"_s);
    body = new QStackedLayout(stacked);
    body->addWidget(table);
    body->addWidget(empty);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(filter);
    leftLayout->addWidget(silent);
    leftLayout->addWidget(broken);
    leftLayout->addWidget(stacked, 1);
    panel = new AlertPanel(environment, store, metrics, clock, zone, q);
    panel->hide();
    splitter = new QSplitter(Qt::Horizontal, q);
    splitter->setObjectName(u"alertsSplitter"_s);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(panel);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(filter, &AlertFilterBar::matchersChanged, q, [this](const QList<Matcher> &matchers) {
        typed = matchers;
        applyMatchers();
    });
    connect(filter, &AlertFilterBar::groupLabelChanged, q, [this](const QString &label) {
        model->setGroupLabel(label);
        later();
    });
    connect(filter, &AlertFilterBar::statesChanged, q, [this](const QSet<AlertState> &states) {
        model->setStates(states);
        later();
    });
    connect(filter, &AlertFilterBar::submitted, q, [this] {
        table->setFocus(Qt::ShortcutFocusReason);
        if (!table->currentIndex().isValid() && model->rowCount() > 0)
            table->setCurrentIndex(model->index(0, 0));
    });
    connect(table, &AlertTable::alertChosen, q, [this](const QString &fingerprint) {
        panelClosed = false;
        openPanel(fingerprint);
    });
    connect(panel, &AlertPanel::closeRequested, q, [this] { closePanel(); });
    connect(panel, &AlertPanel::labelChosen, q, [this](const QString &name, const QString &value) {
        const auto matcher = Matcher::make(name, Matcher::Kind::Equal, value);
        if (!matcher)
            return;
        const QString text = filter->text().trimmed();
        if (!text.contains(matcher->text()))
            filter->setText(text.isEmpty() ? matcher->text() : text + u' ' + matcher->text());
    });
    connect(silent, &NoticeBanner::actionRequested, q, &AlertsPage::askNowRequested);
    connect(empty, &EmptyNotice::actionRequested, q, [this] { filter->clear(); });
    connect(&store, &AlertStore::changed, q, [this] { later(); });
    connect(&monitor, &refresh::SourceMonitor::changed, q, [this] { later(); });
    second = new QTimer(q);
    second->setInterval(1s);
    connect(second, &QTimer::timeout, q, [this] {
        if (q->isVisible())
            showBanners();
    });
    second->start();
}

void AlertsPage::Private::applyMatchers()
{
    QList<Matcher> all = typed;
    if (!system.isEmpty()) {
        if (auto matcher = Matcher::make(u"system"_s, Matcher::Kind::Equal, system))
            all.append(*matcher);
    }
    model->setMatchers(all);
    later();
}

void AlertsPage::Private::later()
{
    if (waiting)
        return;
    waiting = true;
    QTimer::singleShot(0, q, [this] {
        waiting = false;
        refresh();
    });
}

void AlertsPage::Private::refresh()
{
    filter->setCounts(store.isSettled() ? model->countsText() : QString());
    std::set<QString> labels;
    const QList<Alert> all = store.alerts();
    for (const Alert &alert : all) {
        for (const auto &[name, value] : alert.labels)
            labels.insert(name);
    }
    filter->setKnownLabels(QStringList(labels.begin(), labels.end()));
    showBanners();
    showEmpty();

    if (!panel->fingerprint().isEmpty() && panel->isVisibleTo(q)) {
        const auto shown = std::find_if(all.begin(), all.end(),
                                        [this](const Alert &each) { return each.fingerprint == panel->fingerprint(); });
        if (shown == all.end())
            panel->showGone();
        else
            panel->show(*shown);
    } else if (!panelClosed && !narrow && q->isVisible()) {
        // The worst alert is what the reader came for; choosing another or closing the panel overrules it.
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->row(row).isGroup)
                continue;
            table->setCurrentIndex(model->index(row, 0));
            break;
        }
    }
    Q_EMIT q->subtitleChanged();
}

void AlertsPage::Private::showBanners()
{
    const Timestamp now = clock.now();
    const QStringList names = store.silentSources();
    QStringList titles, details;
    for (const QString &name : names) {
        const auto status = monitor.status(name);
        if (!store.isSettled() && (!status || status->freshness == Freshness::Waiting))
            continue;
        if (status && status->lastGood != Timestamp{})
            titles += tr("%1 has not answered since %2, %3")
                          .arg(name, whenText(status->lastGood, now, zone), ageText(now - status->lastGood));
        else
            titles += tr("%1 has never answered").arg(name);
        if (status && status->error)
            details += sentenceFor(*status->error);
    }
    silent->setVisible(!titles.isEmpty());
    details.removeDuplicates();
    silent->show(State::Stale, titles.join(u"; "),
                 tr("Its alerts may be missing or old. %1").arg(details.join(u' ')).trimmed());

    QStringList rules;
    QString first;
    for (const Rule &rule : store.brokenRules()) {
        rules += rule.name;
        if (first.isEmpty())
            first = rule.lastError;
    }
    broken->setVisible(!rules.isEmpty());
    broken->show(State::Warning,
                 rules.size() == 1 ? tr("A rule cannot be evaluated: %1").arg(rules.first())
                                   : tr("%1 rules cannot be evaluated: %2").arg(rules.size()).arg(rules.join(u", ")),
                 tr("They look quiet and are not watched. %1").arg(first));
}

void AlertsPage::Private::showEmpty()
{
    if (model->rowCount() > 0) {
        body->setCurrentWidget(table);
        return;
    }
    body->setCurrentWidget(empty);
    const QStringList silentNames = store.silentSources();
    const auto all = static_cast<int>(store.alerts().size());
    int sources = 0;
    for (const workspace::Source &source : environment.sources)
        sources += source.kind == workspace::SourceKind::Loki ? 0 : 1;
    if (!store.isSettled()) {
        empty->show(State::Pending, counted(sources, tr("Asking %1 source"), tr("Asking %1 sources")),
                    tr("What fires is not known yet."), {});
    } else if (all > 0) {
        const QString where = system.isEmpty() ? QString() : tr(" of %1").arg(system);
        empty->show(
            State::Info,
            filter->isFiltering() ? tr("No alert%1 matches the filter").arg(where)
                                  : tr("No alert%1 is known").arg(where),
            silentNames.isEmpty()
                ? tr("Known in all: %1.").arg(all)
                : tr("Known in all: %1, and more may be missing: %2 is silent.").arg(all).arg(silentNames.join(u", ")),
            filter->isFiltering() ? tr("Clear the filter") : QString());
    } else if (sources == 0) {
        empty->show(State::Unknown, tr("Nobody can be asked"),
                    tr("This environment has no Prometheus and no Alertmanager."), {});
    } else if (!silentNames.isEmpty()) {
        empty->show(State::Unknown, tr("Not known whether anything fires"),
                    sources == 1 ? tr("The only source does not answer: %1.").arg(silentNames.first())
                                 : tr("%1 of %2 sources do not answer: %3.")
                                       .arg(silentNames.size())
                                       .arg(sources)
                                       .arg(silentNames.join(u", ")),
                    {});
    } else {
        empty->show(State::Ok, tr("Nothing is firing"),
                    counted(sources, tr("The only source answered"), tr("All %1 sources answered")) +
                        counted(store.rules().size(), tr("; %1 rule is watched."), tr("; %1 rules are watched.")));
    }
}

void AlertsPage::Private::openPanel(const QString &fingerprint)
{
    for (const Alert &alert : store.alerts()) {
        if (alert.fingerprint != fingerprint)
            continue;
        const bool wasHidden = !panel->isVisibleTo(q);
        panel->show(alert);
        panel->setVisible(true);
        if (wasHidden) {
            const int width = std::clamp(q->width() / 3, theme::sidePanelMinimum, theme::sidePanelMaximum);
            splitter->setSizes({q->width() - width, width});
        }
        return;
    }
}

void AlertsPage::Private::closePanel()
{
    panelClosed = true;
    panel->hide();
    table->setFocus(Qt::OtherFocusReason);
}

void AlertsPage::Private::setNarrow(bool isNarrow)
{
    narrow = isNarrow;
    table->setNarrow(narrow);
}

AlertsPage::AlertsPage(const workspace::Environment &environment, const AlertStore &store,
                       metrics::MetricStore &metrics, const refresh::SourceMonitor &monitor, const Clock &clock,
                       const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(this, environment, store, metrics, monitor, clock, zone))
{
    d->build();
    d->refresh();
}

AlertsPage::~AlertsPage() = default;

QString AlertsPage::subtitle() const
{
    return d->store.isSettled() ? d->model->countsText() : tr("asking");
}

void AlertsPage::filterSystem(const QString &key)
{
    if (key == d->system)
        return;
    d->system = key;
    d->applyMatchers();
}

void AlertsPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->panel->setTimeZone(zone);
    d->later();
}

bool AlertsPage::isSettled() const
{
    return !d->waiting && d->store.isSettled() && (!d->panel->isVisible() || d->panel->isSettled());
}

QVariantMap AlertsPage::remembered() const
{
    QVariantMap map{{u"group"_s, d->filter->groupLabel()}, {u"filter"_s, d->filter->text()}};
    if (d->panel->isVisibleTo(this))
        map.insert(u"splitter"_s, d->splitter->saveState());
    return map;
}

void AlertsPage::recall(const QVariantMap &remembered)
{
    if (remembered.contains(u"group"_s))
        d->filter->setGroupLabel(remembered.value(u"group"_s).toString());
    if (remembered.contains(u"filter"_s))
        d->filter->setText(remembered.value(u"filter"_s).toString());
    if (remembered.contains(u"splitter"_s))
        d->splitter->restoreState(remembered.value(u"splitter"_s).toByteArray());
}

void AlertsPage::showAlert(const QString &fingerprint)
{
    const int row = d->model->rowOf(fingerprint);
    if (row >= 0)
        d->table->setCurrentIndex(d->model->index(row, 0));
    else
        d->openPanel(fingerprint);
}

void AlertsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->later();
}

void AlertsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    d->setNarrow(window()->width() < theme::narrowWindow);
}

void AlertsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && d->panel->isVisibleTo(this)) {
        d->closePanel();
        return;
    }
    if (event->key() == Qt::Key_Slash || event->matches(QKeySequence::Find)) {
        d->filter->focusField();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace atalaya::alerts

#include "moc_alerts_page.cpp"
