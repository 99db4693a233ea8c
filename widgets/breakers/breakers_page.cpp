// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breakers_page.h"

#include "models/base/quantity.h"
#include "models/breakers/breaker_table_model.h"
#include "widgets/breakers/breaker_details.h"
#include "widgets/breakers/breaker_legend.h"
#include "widgets/breakers/matrix_delegate.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/page_bar.h"
#include "widgets/common/painted_table.h"
#include "widgets/common/side_splitter.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QTimer>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

using namespace Qt::Literals::StringLiterals;
using atalaya::common::ChoiceButton;

namespace atalaya::breakers {

namespace {

constexpr int narrowestCell = 168;
constexpr int widestCell = 400;

} // namespace

class BreakersPage::Private
{
public:
    Private(BreakersPage &page, const workspace::Environment &e, BreakerStore &s, const Clock &c, const QTimeZone &z)
        : q(page), environment(e), store(s), clock(c), zone(z)
    {
    }

    void build();
    void refresh();
    void tick();
    void fitColumns();
    void fitRows();
    void showCurrent();
    void closeDetails();
    void updateWords();
    Breaker breakerOf(const BreakerId &id, bool *found) const;

    BreakersPage &q;
    const workspace::Environment &environment;
    BreakerStore &store;
    const Clock &clock;
    QTimeZone zone;

    BreakerTableModel model;
    MatrixDelegate *delegate = nullptr;
    QTableView *view = nullptr;
    common::SideSplitter *splitter = nullptr;
    BreakerDetails *details = nullptr;
    ChoiceButton *systems = nullptr, *sorting = nullptr;
    common::EmptyNotice *empty = nullptr;
    QStackedWidget *stack = nullptr;
    QTimer second, coalesce;
    MatrixOrder order = MatrixOrder::NotClosedFirst;
    QString filter, subtitle;
};

void BreakersPage::Private::build()
{
    auto *outer = new QVBoxLayout(&q);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    splitter = new common::SideSplitter(&q);
    splitter->setObjectName(u"breakersSplitter"_s);
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
    sorting = new ChoiceButton(tr("Sort"), bar);
    sorting->setObjectName(u"sortOrder"_s);
    sorting->setChoices(
        {{u"notClosed"_s, tr("Not closed first")}, {u"configured"_s, tr("As configured")}, {u"name"_s, tr("By name")}});
    row->addWidget(systems);
    row->addWidget(sorting);
    row->addWidget(new BreakerLegend(bar), 1);

    stack = new QStackedWidget(left);
    view = new QTableView(stack);
    view->setObjectName(u"breakerMatrix"_s);
    view->setAccessibleName(tr("Breakers by instance"));
    view->setModel(&model);
    delegate = new MatrixDelegate(model, store, clock, view);
    delegate->setTimeZone(zone);
    view->setItemDelegate(delegate);
    view->horizontalHeader()->hide();
    common::dressPaintedTable(*view, QAbstractItemView::SelectItems);
    stack->addWidget(view);
    q.setFocusProxy(view);
    empty = new common::EmptyNotice(stack);
    stack->addWidget(empty);
    column->addWidget(stack, 1);

    details = new BreakerDetails(&q);
    details->setObjectName(u"breakerDetails"_s);
    splitter->setPanes(left, details, u"breakerSide"_s);

    QObject::connect(systems, &ChoiceButton::chosen, &q, [this](const QString &key) { q.filterSystem(key); });
    QObject::connect(sorting, &ChoiceButton::chosen, &q, [this](const QString &key) {
        order = key == u"name"         ? MatrixOrder::ByName
                : key == u"configured" ? MatrixOrder::AsConfigured
                                       : MatrixOrder::NotClosedFirst;
        refresh();
    });
    QObject::connect(details, &BreakerDetails::closeRequested, &q, [this] { closeDetails(); });
    QObject::connect(view->selectionModel(), &QItemSelectionModel::currentChanged, &q, [this] { showCurrent(); });
    QObject::connect(splitter, &QSplitter::splitterMoved, &q, [this] { fitColumns(); });
    QObject::connect(splitter, &common::SideSplitter::closeRequested, &q, [this] { closeDetails(); });

    coalesce.setSingleShot(true);
    coalesce.setInterval(0);
    QObject::connect(&coalesce, &QTimer::timeout, &q, [this] { refresh(); });
    QObject::connect(&store, &BreakerStore::changed, &q, [this] { coalesce.start(); });
    second.setInterval(std::chrono::seconds(1));
    QObject::connect(&second, &QTimer::timeout, &q, [this] { tick(); });
}

void BreakersPage::Private::refresh()
{
    const QList<Breaker> all = store.breakers();
    // A hidden page only keeps its counts: the shell shows them.
    if (q.isVisible() || model.rowCount() == 0) {
        QList<MatrixRow> rows = matrixRows(environment, all, store.systemsWithout(), order, filter);
        if (view->underMouse() && order == MatrixOrder::NotClosedFirst) {
            // Rows must not jump under the pointer: what is there keeps its place until the pointer leaves.
            QHash<QString, qsizetype> place;
            for (int r = 0; r < model.rowCount(); ++r)
                place.insert(model.row(r).system + u'/' +
                                 (model.row(r).kind == MatrixRow::Kind::Breaker ? model.row(r).name : QString()),
                             r);
            bool sameRows = place.size() == rows.size();
            for (const MatrixRow &row : std::as_const(rows))
                sameRows = sameRows && place.contains(row.system + u'/' +
                                                      (row.kind == MatrixRow::Kind::Breaker ? row.name : QString()));
            if (sameRows) {
                const auto at = [&](const MatrixRow &row) {
                    return place.value(row.system + u'/' +
                                       (row.kind == MatrixRow::Kind::Breaker ? row.name : QString()));
                };
                std::sort(rows.begin(), rows.end(),
                          [&](const MatrixRow &a, const MatrixRow &b) { return at(a) < at(b); });
            }
        }
        model.show(rows);
        fitRows();
        fitColumns();
    }
    const bool nothing = all.isEmpty() && (filter.isEmpty() || model.rowCount() == 0);
    stack->setCurrentIndex(nothing ? 1 : 0);
    if (nothing) {
        const QStringList silent = store.systemsNotKnown();
        if (store.isSettled() && !silent.isEmpty())
            empty->show(State::Unknown, tr("No breaker is known"),
                        tr("Nothing that knows the breakers of %1 answers. It is asked again by itself.")
                            .arg(silent.join(u", "_s)));
        else if (store.isSettled())
            empty->show(State::Info, tr("No breakers here"),
                        tr("No system of this environment declares a breaker. One that does needs \"breakers\" in the "
                           "workspace file."));
        else
            empty->show(State::Pending, tr("Asking for breakers"),
                        tr("The control endpoints and the metric have not answered yet."));
    }
    const MatrixCounts counts = countsOf(all);
    QString words = !store.isSettled() && counts.all == 0 ? tr("not answered yet")
                    : counts.all == 0 && !store.systemsNotKnown().isEmpty()
                        ? tr("not known")
                        : counted(counts.breakers, tr("%1 breaker"), tr("%1 breakers"));
    if (counts.notClosed > 0)
        words += tr(", %1 not closed").arg(counts.notClosed);
    if (counts.unknown > 0)
        words += tr(", %1 not known").arg(counts.unknown);
    if (counts.all > 0 && counts.notClosed == 0 && counts.unknown == 0)
        words += tr(", all closed");
    if (words != subtitle) {
        subtitle = words;
        Q_EMIT q.subtitleChanged();
    }
    if (splitter->isPanelOpen() || details->shown())
        showCurrent();
}

void BreakersPage::Private::tick()
{
    // Only what counts down or ages: the rest is painted when its data change.
    view->viewport()->update();
    if (splitter->isPanelOpen())
        showCurrent();
}

void BreakersPage::Private::fitRows()
{
    for (int r = 0; r < model.rowCount(); ++r) {
        const int height = MatrixDelegate::heightOf(model.row(r)) +
                           (r + 1 < model.rowCount() && model.row(r + 1).kind != MatrixRow::Kind::Breaker &&
                                    model.row(r).kind == MatrixRow::Kind::Breaker
                                ? 4
                                : 0);
        if (view->rowHeight(r) != height)
            view->setRowHeight(r, height);
    }
    view->clearSpans();
    for (int r = 0; r < model.rowCount(); ++r) {
        if (model.row(r).kind == MatrixRow::Kind::Empty && model.columnCount() > 2)
            view->setSpan(r, 1, 1, model.columnCount() - 1);
    }
}

void BreakersPage::Private::fitColumns()
{
    const int columns = model.columnCount();
    if (columns < 1)
        return;
    const QFontMetrics metrics(theme::font(theme::TextSize::Body, QFont::DemiBold));
    int name = 0;
    for (const MatrixRow &row : model.rows())
        name = std::max(name, metrics.horizontalAdvance(row.title));
    name = std::clamp(name + theme::pagePadding + 12, 120, 240);
    view->setColumnWidth(0, name);
    if (columns == 1)
        return;
    const int room = view->viewport()->width() - name - 8;
    const int cell = std::clamp(room / (columns - 1), narrowestCell, widestCell);
    for (int c = 1; c < columns; ++c)
        view->setColumnWidth(c, cell);
}

Breaker BreakersPage::Private::breakerOf(const BreakerId &id, bool *found) const
{
    for (const Breaker &breaker : store.breakers()) {
        if (breaker.id == id) {
            *found = true;
            return breaker;
        }
    }
    *found = false;
    return {};
}

void BreakersPage::Private::showCurrent()
{
    const Breaker *breaker = model.breakerAt(view->currentIndex());
    if (!breaker) {
        splitter->closePanel();
        fitColumns();
        return;
    }
    details->show(*breaker, store.failureRateHistory(breaker->id), clock.now(), zone);
    if (!splitter->isPanelOpen()) {
        splitter->openPanel(theme::sidePanelMinimum);
        fitColumns();
        view->scrollTo(view->currentIndex());
    }
}

void BreakersPage::Private::closeDetails()
{
    view->selectionModel()->clear();
    splitter->closePanel();
    fitColumns();
    view->setFocus();
}

BreakersPage::BreakersPage(const workspace::Environment &environment, BreakerStore &store, const Clock &clock,
                           const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, environment, store, clock, zone))
{
    setObjectName(u"breakersPage"_s);
    d->build();
    d->refresh();
}

BreakersPage::~BreakersPage() = default;

QString BreakersPage::subtitle() const
{
    return d->subtitle;
}

void BreakersPage::filterSystem(const QString &key)
{
    if (d->filter == key)
        return;
    d->filter = key;
    d->systems->setCurrent(key);
    d->refresh();
}

void BreakersPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->delegate->setTimeZone(zone);
    d->tick();
}

bool BreakersPage::isSettled() const
{
    return d->store.isSettled();
}

QVariantMap BreakersPage::remembered() const
{
    return {{u"splitter"_s, d->splitter->remembered()}, {u"sort"_s, d->sorting->current()}};
}

void BreakersPage::recall(const QVariantMap &remembered)
{
    d->splitter->recall(remembered.value(u"splitter"_s).toByteArray());
    const QString sort = remembered.value(u"sort"_s).toString();
    for (const ChoiceButton::Choice &choice : d->sorting->choices()) {
        if (choice.key == sort) {
            d->sorting->setCurrent(sort);
            d->order = sort == u"name"         ? MatrixOrder::ByName
                       : sort == u"configured" ? MatrixOrder::AsConfigured
                                               : MatrixOrder::NotClosedFirst;
        }
    }
    d->refresh();
}

void BreakersPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->refresh();
    d->second.start();
}

void BreakersPage::hideEvent(QHideEvent *event)
{
    d->second.stop();
    QWidget::hideEvent(event);
}

void BreakersPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    d->fitColumns();
}

} // namespace atalaya::breakers

#include "moc_breakers_page.cpp"
