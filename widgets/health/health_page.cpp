// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_page.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "models/health/health_table_model.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/page_bar.h"
#include "widgets/common/painted_table.h"
#include "widgets/common/side_splitter.h"
#include "widgets/health/health_delegate.h"
#include "widgets/health/health_details.h"
#include "widgets/health/health_legend.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QTimer>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using atalaya::common::ChoiceButton;

namespace atalaya::health {

namespace {
constexpr Milliseconds shownSpan = 1h;
} // namespace

class HealthPage::Private
{
public:
    Private(HealthPage &page, const workspace::Environment &e, HealthStore &s, const Clock &c, const QTimeZone &z)
        : q(page), environment(e), store(s), clock(c), zone(z)
    {
    }

    void build();
    void refresh();
    void fit();
    void showCurrent();
    void closeDetails();
    void fillInstances();
    TimeRange range() const { return {clock.now() - shownSpan, clock.now()}; }

    HealthPage &q;
    const workspace::Environment &environment;
    HealthStore &store;
    const Clock &clock;
    QTimeZone zone;

    HealthTableModel model;
    QTableView *view = nullptr;
    HealthDelegate *delegate = nullptr;
    HealthHeader *header = nullptr;
    common::SideSplitter *splitter = nullptr;
    HealthDetails *details = nullptr;
    ChoiceButton *systems = nullptr, *instances = nullptr;
    QPushButton *worstFirst = nullptr;
    QStackedWidget *stack = nullptr;
    QTimer second, coalesce;
    QString filter, instanceFilter, subtitle;
};

void HealthPage::Private::build()
{
    auto *outer = new QVBoxLayout(&q);
    outer->setContentsMargins({});
    splitter = new common::SideSplitter(&q);
    splitter->setObjectName(u"healthSplitter"_s);
    outer->addWidget(splitter);

    auto *left = new QWidget(splitter);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    QHBoxLayout *row = common::addPageBar(column, left);
    QWidget *bar = row->parentWidget();
    systems = new ChoiceButton({}, bar);
    systems->setObjectName(u"systemFilter"_s);
    QList<ChoiceButton::Choice> choices{{QString(), tr("All systems")}};
    for (const workspace::System &system : environment.systems)
        choices.append({system.key, system.title.isEmpty() ? system.key : system.title});
    systems->setChoices(choices);
    instances = new ChoiceButton({}, bar);
    instances->setObjectName(u"instanceFilter"_s);
    worstFirst = new QPushButton(tr("Not healthy first"), bar);
    worstFirst->setObjectName(u"worstFirst"_s);
    worstFirst->setCheckable(true);
    worstFirst->setChecked(true);
    worstFirst->setToolTip(tr("Put what is not healthy on top; else as configured"));
    row->addWidget(systems);
    row->addWidget(instances);
    row->addWidget(worstFirst);
    row->addWidget(new HealthLegend(bar), 1);

    stack = new QStackedWidget(left);
    view = new QTableView(stack);
    view->setObjectName(u"healthTable"_s);
    view->setAccessibleName(tr("Health by component"));
    view->setModel(&model);
    header = new HealthHeader(view);
    view->setHorizontalHeader(header);
    delegate = new HealthDelegate(model, view);
    delegate->setTimeZone(zone);
    view->setItemDelegate(delegate);
    common::dressPaintedTable(*view, QAbstractItemView::SelectRows);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    stack->addWidget(view);
    q.setFocusProxy(view);
    auto *empty = new common::EmptyNotice(stack);
    empty->show(State::Info, tr("No health probes here"),
                tr("No system of this choice has a \"health\" entry in the workspace file."));
    stack->addWidget(empty);
    column->addWidget(stack, 1);

    details = new HealthDetails(store, &q);
    details->setObjectName(u"healthDetails"_s);
    splitter->setPanes(left, details, u"healthSide"_s);

    QObject::connect(systems, &ChoiceButton::chosen, &q, [this](const QString &key) { q.filterSystem(key); });
    QObject::connect(instances, &ChoiceButton::chosen, &q, [this](const QString &key) {
        instanceFilter = key;
        refresh();
    });
    QObject::connect(worstFirst, &QPushButton::toggled, &q, [this] { refresh(); });
    QObject::connect(details, &HealthDetails::closeRequested, &q, [this] { closeDetails(); });
    QObject::connect(details, &HealthDetails::tryNowRequested, &q, [this] { store.refreshNow(); });
    QObject::connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, &q, [this] { showCurrent(); });
    QObject::connect(splitter, &QSplitter::splitterMoved, &q, [this] { fit(); });
    QObject::connect(splitter, &common::SideSplitter::closeRequested, &q, [this] { closeDetails(); });

    coalesce.setSingleShot(true);
    coalesce.setInterval(0);
    QObject::connect(&coalesce, &QTimer::timeout, &q, [this] { refresh(); });
    QObject::connect(&store, &HealthStore::changed, &q, [this] { coalesce.start(); });
    // Ages and the edge of the bars move on; the rows are made anew only now and then, since nothing else tells that a
    // source has become stale.
    second.setInterval(5s);
    QObject::connect(&second, &QTimer::timeout, &q, [this] { refresh(); });
    fillInstances();
}

void HealthPage::Private::fillInstances()
{
    QList<ChoiceButton::Choice> choices{{QString(), tr("All instances")}};
    for (const InstanceId &id : store.instances()) {
        if (filter.isEmpty() || id.system == filter)
            choices.append({id.instance, id.instance});
    }
    instances->setChoices(choices);
    instanceFilter = instances->current();
}

void HealthPage::Private::refresh()
{
    const TimeRange shown = range();
    QList<HealthLine> rows = healthRows(
        environment, store, shown, worstFirst->isChecked() ? HealthOrder::NotHealthyFirst : HealthOrder::AsConfigured,
        filter, instanceFilter, zone);
    HealthCounts counts = countsOf(rows);
    if (!filter.isEmpty() || !instanceFilter.isEmpty())
        counts = countsOf(healthRows(environment, store, shown, HealthOrder::AsConfigured, {}, {}, zone));
    if (q.isVisible() || model.rowCount() == 0) {
        if (view->underMouse() && rows.size() == model.rowCount()) {
            // Rows must not jump under the pointer.
            QHash<QString, qsizetype> place;
            for (int r = 0; r < model.rowCount(); ++r)
                place.insert(
                    HealthTableModel::keyFor(model.row(r).system, model.row(r).component, model.row(r).isSystem), r);
            const auto at = [&](const HealthLine &row) {
                return place.value(HealthTableModel::keyFor(row.system, row.component, row.isSystem), -1);
            };
            if (std::all_of(rows.cbegin(), rows.cend(), [&](const HealthLine &row) { return at(row) >= 0; }))
                std::sort(rows.begin(), rows.end(),
                          [&](const HealthLine &a, const HealthLine &b) { return at(a) < at(b); });
        }
        delegate->setRange(shown);
        header->setRange(shown, zone);
        model.reconcile(rows);
        fit();
        view->viewport()->update();
        stack->setCurrentIndex(rows.isEmpty() ? 1 : 0);
        if (splitter->isPanelOpen())
            showCurrent();
    }
    QString words = counted(counts.components, tr("%1 component"), tr("%1 components"));
    if (counts.notHealthy > 0)
        words += tr(", %1 not healthy").arg(counts.notHealthy);
    if (counts.unknown > 0)
        words += tr(", %1 not known").arg(counts.unknown);
    if (counts.components > 0 && counts.notHealthy == 0 && counts.unknown == 0)
        words += tr(", all healthy");
    if (words != subtitle) {
        subtitle = words;
        Q_EMIT q.subtitleChanged();
    }
}

void HealthPage::Private::fit()
{
    for (int r = 0; r < model.rowCount(); ++r) {
        const bool isSystem = model.row(r).isSystem;
        const int height = isSystem ? HealthDelegate::systemRowHeight : HealthDelegate::componentRowHeight;
        if (view->rowHeight(r) != height)
            view->setRowHeight(r, height);
        const int span = isSystem ? HealthTableModel::ColumnCount - HealthTableModel::NowColumn : 1;
        if (view->columnSpan(r, HealthTableModel::NowColumn) != span)
            view->setSpan(r, HealthTableModel::NowColumn, 1, span);
    }
    const int room = view->viewport()->width();
    if (room < 100)
        return;
    const QFontMetrics metrics(theme::font());
    int name = 96;
    for (const HealthLine &row : model.rows())
        name = std::max(name, metrics.horizontalAdvance(row.title) + (row.isSystem ? 24 : 0));
    name = std::min(name + theme::pagePadding + 28, 240);
    const int now = room > 760 ? 148 : 128;
    const int answer = 92;
    const int spark = room > 760 ? 112 : 84;
    view->setColumnWidth(HealthTableModel::ComponentColumn, name);
    view->setColumnWidth(HealthTableModel::NowColumn, now);
    view->setColumnWidth(HealthTableModel::AnswerColumn, answer);
    view->setColumnWidth(HealthTableModel::SparkColumn, spark);
    view->setColumnWidth(HealthTableModel::BarColumn, std::max(80, room - name - now - answer - spark));
}

void HealthPage::Private::showCurrent()
{
    const QModelIndex current = view->currentIndex();
    if (!current.isValid()) {
        splitter->closePanel();
        fit();
        return;
    }
    if (!splitter->isPanelOpen()) {
        splitter->openPanel(theme::sidePanelMinimum);
        fit();
        view->scrollTo(current);
    }
    details->show(model.row(current.row()), clock.now(), zone);
}

void HealthPage::Private::closeDetails()
{
    view->selectionModel()->clear();
    splitter->closePanel();
    fit();
    view->setFocus();
}

HealthPage::HealthPage(const workspace::Environment &environment, HealthStore &store, const Clock &clock,
                       const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, environment, store, clock, zone))
{
    setObjectName(u"healthPage"_s);
    d->build();
    d->refresh();
}

HealthPage::~HealthPage() = default;

QString HealthPage::subtitle() const
{
    return d->subtitle;
}

void HealthPage::filterSystem(const QString &key)
{
    if (d->filter == key)
        return;
    d->filter = key;
    d->systems->setCurrent(key);
    d->instances->setCurrent(QString());
    d->fillInstances();
    d->refresh();
}

void HealthPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->delegate->setTimeZone(zone);
    d->refresh();
}

bool HealthPage::isSettled() const
{
    return d->store.isSettled();
}

QVariantMap HealthPage::remembered() const
{
    return {{u"splitter"_s, d->splitter->remembered()}, {u"worstFirst"_s, d->worstFirst->isChecked()}};
}

void HealthPage::recall(const QVariantMap &remembered)
{
    d->splitter->recall(remembered.value(u"splitter"_s).toByteArray());
    d->worstFirst->setChecked(remembered.value(u"worstFirst"_s, true).toBool());
}

void HealthPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->refresh();
    d->second.start();
}

void HealthPage::hideEvent(QHideEvent *event)
{
    d->second.stop();
    QWidget::hideEvent(event);
}

void HealthPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    d->fit();
}

} // namespace atalaya::health

#include "moc_health_page.cpp"
