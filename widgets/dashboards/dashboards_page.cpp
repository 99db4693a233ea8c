// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/dashboards_page.h"

#include "models/base/quantity.h"
#include "models/dashboards/dashboard_decoder.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/notice_banner.h"
#include "widgets/common/page_bar.h"
#include "widgets/dashboards/inspect_dialog.h"
#include "widgets/dashboards/panel_board.h"
#include "widgets/dashboards/panel_view.h"
#include "widgets/dashboards/variable_bar.h"
#include "widgets/theme/icons.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QTimer>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStackedWidget>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using atalaya::common::ChoiceButton;

namespace atalaya::dashboards {

namespace {

QString keyOf(const Dashboard &dashboard)
{
    return dashboard.file.isEmpty() ? dashboard.uid : dashboard.file;
}

State severityState(const QString &severity)
{
    return severity == u"critical" ? State::Critical : State::Warning;
}

} // namespace

class DashboardsPage::Private
{
public:
    Private(DashboardsPage &page, const workspace::Environment &e, const QList<Dashboard> &list,
            metrics::MetricStore &m, alerts::AlertStore &a, const Clock &c, const QTimeZone &z)
        : q(page), environment(e), dashboards(list), metrics(m), alerts(a), clock(c), zone(z)
    {
    }

    void build();
    void offerDashboards();
    void showAt(int index);
    void updateMarks();
    void updateSubtitle();
    QString sourceFor(const Dashboard &dashboard) const;
    QString titleOf(const Dashboard &dashboard) const;
    void chooseFile();
    void showProblem(const QString &sentence);

    DashboardsPage &q;
    const workspace::Environment &environment;
    QList<Dashboard> dashboards;
    metrics::MetricStore &metrics;
    alerts::AlertStore &alerts;
    const Clock &clock;
    QTimeZone zone;

    ChoiceButton *menu = nullptr;
    VariableBar *variables = nullptr;
    QPushButton *annotations = nullptr;
    PanelBoard *board = nullptr;
    QStackedWidget *stack = nullptr;
    common::NoticeBanner *problem = nullptr;
    QTimer second, marksSoon;
    int current = -1;
    QString filter, subtitle;
};

void DashboardsPage::Private::build()
{
    q.setAcceptDrops(true);
    auto *column = new QVBoxLayout(&q);
    column->setContentsMargins({});
    column->setSpacing(0);
    QHBoxLayout *row = common::addPageBar(column, &q);
    QWidget *bar = row->parentWidget();
    menu = new ChoiceButton({}, bar);
    menu->setObjectName(u"dashboardMenu"_s);
    variables = new VariableBar(environment, metrics, clock, bar);
    variables->setObjectName(u"variableBar"_s);
    annotations = new QPushButton(tr("Alerts"), bar);
    annotations->setObjectName(u"showAlerts"_s);
    annotations->setCheckable(true);
    annotations->setChecked(true);
    annotations->setToolTip(tr("Mark the moments from which alerts fire"));
    auto *open = new QPushButton(tr("Open..."), bar);
    open->setObjectName(u"openDashboard"_s);
    open->setProperty("role", u"quiet"_s);
    open->setIcon(theme::icon(theme::Icon::Folder));
    open->setToolTip(tr("Open a Grafana dashboard file (Ctrl+O), or drop one here"));
    open->setShortcut(QKeySequence::Open);
    row->addWidget(menu);
    row->addWidget(variables);
    row->addWidget(annotations);
    row->addStretch(1);
    row->addWidget(open);

    problem = new common::NoticeBanner(&q);
    problem->setObjectName(u"problem"_s);
    problem->setAction(theme::Icon::Close, tr("Dismiss"), tr("Hide this; what was shown before stays"));
    column->addWidget(problem);

    stack = new QStackedWidget(&q);
    board = new PanelBoard(metrics, clock, stack);
    board->setTimeZone(zone);
    stack->addWidget(board);
    q.setFocusProxy(board);
    auto *empty = new common::EmptyNotice(stack);
    empty->show(State::Info, tr("No dashboard here"),
                tr("No system of this choice lists one. Open a Grafana dashboard file, or drop it on this page."),
                tr("Open..."));
    stack->addWidget(empty);
    column->addWidget(stack, 1);

    QObject::connect(menu, &ChoiceButton::chosen, &q, [this](const QString &key) { q.showDashboard(key); });
    QObject::connect(variables, &VariableBar::changed, &q,
                     [this] { board->ask(variables->source(), variables->choices()); });
    QObject::connect(annotations, &QPushButton::toggled, &q, [this] { updateMarks(); });
    QObject::connect(open, &QPushButton::clicked, &q, [this] { chooseFile(); });
    QObject::connect(empty, &common::EmptyNotice::actionRequested, &q, [this] { chooseFile(); });
    QObject::connect(problem, &common::NoticeBanner::actionRequested, problem, &QWidget::hide);
    QObject::connect(board, &PanelBoard::rangeChosen, &q, [this](const TimeRange &range) { metrics.showRange(range); });
    QObject::connect(board, &PanelBoard::inspectRequested, &q, [this](PanelView *panel) {
        auto *dialog =
            new InspectDialog(panel->shownTitle(), panel->queries().answers(), panel->panel().unit, zone, &q);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    marksSoon.setSingleShot(true);
    marksSoon.setInterval(0);
    QObject::connect(&marksSoon, &QTimer::timeout, &q, [this] { updateMarks(); });
    QObject::connect(&alerts, &alerts::AlertStore::changed, &q, [this] { marksSoon.start(); });
    second.setInterval(1s);
    QObject::connect(&second, &QTimer::timeout, &q, [this] { board->tick(); });
}

QString DashboardsPage::Private::titleOf(const Dashboard &dashboard) const
{
    return dashboard.title.isEmpty() ? QFileInfo(dashboard.file).completeBaseName() : dashboard.title;
}

void DashboardsPage::Private::offerDashboards()
{
    QList<ChoiceButton::Choice> choices;
    for (const Dashboard &dashboard : std::as_const(dashboards)) {
        if (filter.isEmpty() || dashboard.system.isEmpty() || dashboard.system == filter)
            choices.append({keyOf(dashboard), titleOf(dashboard)});
    }
    menu->setChoices(choices);
    menu->setEnabled(!choices.isEmpty());
}

QString DashboardsPage::Private::sourceFor(const Dashboard &dashboard) const
{
    for (const workspace::System &system : environment.systems) {
        if (system.key == dashboard.system && !system.prometheus.isEmpty())
            return system.prometheus;
    }
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            return source.name;
    }
    return {};
}

void DashboardsPage::Private::showAt(int index)
{
    current = index;
    stack->setCurrentIndex(index < 0 ? 1 : 0);
    variables->setVisible(index >= 0);
    annotations->setVisible(index >= 0);
    if (index >= 0) {
        const Dashboard &dashboard = dashboards.at(index);
        menu->setCurrent(keyOf(dashboard));
        variables->show(dashboard, sourceFor(dashboard));
        board->show(dashboard, variables->source(), variables->choices());
        board->verticalScrollBar()->setValue(0);
        updateMarks();
    }
    updateSubtitle();
}

void DashboardsPage::Private::updateSubtitle()
{
    QString words;
    if (current >= 0) {
        const Dashboard &dashboard = dashboards.at(current);
        QStringList parts{titleOf(dashboard)};
        if (!dashboard.system.isEmpty())
            parts.append(dashboard.system);
        parts.append(counted(board->panelCount(), tr("%1 panel"), tr("%1 panels")));
        words = parts.join(u", "_s);
    }
    if (words != subtitle) {
        subtitle = words;
        Q_EMIT q.subtitleChanged();
    }
}

void DashboardsPage::Private::updateMarks()
{
    QList<PanelMark> marks;
    if (annotations->isChecked() && current >= 0) {
        const QString system = dashboards.at(current).system;
        for (const alerts::Alert &alert : alerts.alerts()) {
            if (alert.state != alerts::AlertState::Firing || (!system.isEmpty() && alert.system != system))
                continue;
            marks.append({alert.startsAt, alert.name, severityState(alert.severity)});
        }
    }
    board->showMarks(marks);
}

void DashboardsPage::Private::showProblem(const QString &sentence)
{
    problem->show(State::Warning, sentence, {});
    problem->setVisible(!sentence.isEmpty());
}

void DashboardsPage::Private::chooseFile()
{
    auto *dialog = new QFileDialog(&q, tr("Open a dashboard"));
    dialog->setObjectName(u"openDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Grafana dashboards (*.json)"));
    QObject::connect(dialog, &QFileDialog::fileSelected, &q,
                     [this](const QString &file) { static_cast<void>(q.openFile(file)); });
    dialog->open();
}

DashboardsPage::DashboardsPage(const workspace::Environment &environment, const QList<Dashboard> &dashboards,
                               metrics::MetricStore &metrics, alerts::AlertStore &alerts, const Clock &clock,
                               const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, environment, dashboards, metrics, alerts, clock, zone))
{
    setObjectName(u"dashboardsPage"_s);
    d->build();
    d->offerDashboards();
    d->showAt(dashboards.isEmpty() ? -1 : 0);
}

DashboardsPage::~DashboardsPage() = default;

QString DashboardsPage::subtitle() const
{
    return d->subtitle;
}

void DashboardsPage::filterSystem(const QString &key)
{
    if (d->filter == key)
        return;
    d->filter = key;
    d->offerDashboards();
    const bool fits = d->current >= 0 && (key.isEmpty() || d->dashboards.at(d->current).system == key);
    if (fits)
        return;
    int first = -1;
    for (int i = 0; i < d->dashboards.size() && first < 0; ++i) {
        if (key.isEmpty() || d->dashboards.at(i).system == key)
            first = i;
    }
    for (int i = 0; i < d->dashboards.size() && first < 0; ++i) {
        if (d->dashboards.at(i).system.isEmpty())
            first = i;
    }
    d->showAt(first);
}

void DashboardsPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->board->setTimeZone(zone);
}

bool DashboardsPage::isSettled() const
{
    return d->current < 0 || (d->variables->isSettled() && d->board->isSettled());
}

QVariantMap DashboardsPage::remembered() const
{
    return {{u"dashboard"_s, d->current >= 0 ? keyOf(d->dashboards.at(d->current)) : QString()},
            {u"alerts"_s, d->annotations->isChecked()}};
}

void DashboardsPage::recall(const QVariantMap &remembered)
{
    d->annotations->setChecked(remembered.value(u"alerts"_s, true).toBool());
    const QString key = remembered.value(u"dashboard"_s).toString();
    if (!key.isEmpty() && !showDashboard(key) && QFileInfo::exists(key))
        static_cast<void>(openFile(key));
}

bool DashboardsPage::showDashboard(const QString &uidOrFile)
{
    for (const bool byUid : {true, false}) {
        for (int i = 0; i < d->dashboards.size(); ++i) {
            if (uidOrFile.isEmpty() || (byUid ? d->dashboards.at(i).uid : d->dashboards.at(i).file) != uidOrFile)
                continue;
            d->showAt(i);
            return true;
        }
    }
    return false;
}

Result<void> DashboardsPage::openFile(const QString &file)
{
    Result<Dashboard> read = readDashboard(file);
    if (!read) {
        d->showProblem(sentenceFor(read.error()));
        return failure(read.error());
    }
    d->showProblem({});
    if (!d->filter.isEmpty())
        read->system = d->filter;
    int at = -1;
    for (int i = 0; i < d->dashboards.size(); ++i) {
        if (d->dashboards.at(i).file == file)
            at = i;
    }
    if (at < 0) {
        at = static_cast<int>(d->dashboards.size());
        d->dashboards.append(*read);
    } else {
        read->system = d->dashboards.at(at).system;
        d->dashboards[at] = *read;
    }
    d->offerDashboards();
    d->showAt(at);
    return {};
}

void DashboardsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->board->setPageVisible(true);
    d->second.start();
}

void DashboardsPage::hideEvent(QHideEvent *event)
{
    d->board->setPageVisible(false);
    d->second.stop();
    QWidget::hideEvent(event);
}

void DashboardsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
}

void DashboardsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && d->board->fullScreen()) {
        d->board->leaveFullScreen();
        return;
    }
    QWidget::keyPressEvent(event);
}

void DashboardsPage::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    const bool isFile = urls.size() == 1 && urls.first().isLocalFile() &&
                        urls.first().toLocalFile().endsWith(u".json", Qt::CaseInsensitive);
    if (isFile)
        event->acceptProposedAction();
}

void DashboardsPage::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty())
        return;
    event->acceptProposedAction();
    static_cast<void>(openFile(urls.first().toLocalFile()));
}

} // namespace atalaya::dashboards

#include "moc_dashboards_page.cpp"
