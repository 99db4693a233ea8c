// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/flags_page.h"

#include "widgets/common/choice_button.h"
#include "widgets/flags/flag_delegate.h"
#include "widgets/flags/flag_details.h"
#include "widgets/flags/flag_rows.h"
#include "widgets/flags/instance_values.h"
#include "widgets/flags/systems_without.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QTimer>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using atalaya::common::ChoiceButton;

namespace atalaya::flags {

class FlagsPage::Private
{
public:
    Private(FlagsPage &page, const workspace::Environment &e, FlagStore &s, health::HealthStore &h, const Clock &c,
            const QTimeZone &z)
        : q(page), environment(e), store(s), health(h), clock(c), zone(z), model(e.name)
    {
    }

    void build();
    QWidget *buildBar(QWidget *parent);
    void refresh();
    void fit();
    void showCurrent();
    void closeDetails();
    void keepCurrentInView();

    FlagsPage &q;
    const workspace::Environment &environment;
    FlagStore &store;
    health::HealthStore &health;
    const Clock &clock;
    QTimeZone zone;

    FlagLineModel model;
    QTableView *view = nullptr;
    FlagDelegate *delegate = nullptr;
    QScrollArea *scroll = nullptr;
    QSplitter *splitter = nullptr;
    QFrame *side = nullptr;
    FlagDetails *details = nullptr;
    ChoiceButton *systems = nullptr;
    QLineEdit *search = nullptr;
    SystemsWithout *without = nullptr;
    FlagNotes *notes = nullptr;
    QLabel *emptyTitle = nullptr, *emptyText = nullptr;
    QTimer second, coalesce;
    QString filter, subtitle;
    QByteArray splitterState;
};

QWidget *FlagsPage::Private::buildBar(QWidget *parent)
{
    auto *bar = new QWidget(parent);
    bar->setFixedHeight(theme::toolBarHeight + 4);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 0);
    row->setSpacing(8);
    systems = new ChoiceButton(tr("System"), bar);
    systems->setObjectName(u"systemFilter"_s);
    QList<ChoiceButton::Choice> choices{{QString(), tr("All")}};
    for (const workspace::System &system : environment.systems) {
        if (system.flags)
            choices.append({system.key, system.title.isEmpty() ? system.key : system.title});
    }
    systems->setChoices(choices);
    search = new QLineEdit(bar);
    search->setObjectName(u"flagSearch"_s);
    search->setPlaceholderText(tr("Find a flag, a person or a reason"));
    search->setAccessibleName(search->placeholderText());
    search->setToolTip(tr("Searches names, descriptions, people and reasons (Ctrl+F)"));
    search->setClearButtonEnabled(true);
    // An action of the field stands too low under the style sheet's padding.
    auto *lens = new QToolButton(search);
    lens->setProperty("role", u"quiet"_s);
    lens->setProperty("size", u"small"_s);
    lens->setIcon(theme::icon(theme::Icon::Search));
    lens->setFocusPolicy(Qt::NoFocus);
    lens->setAttribute(Qt::WA_TransparentForMouseEvents);
    lens->setGeometry(4, 4, 24, 24);
    search->setTextMargins(20, 0, 0, 0);
    row->addWidget(systems);
    row->addWidget(search, 1);
    QObject::connect(systems, &ChoiceButton::chosen, &q, [this](const QString &key) { q.filterSystem(key); });
    QObject::connect(search, &QLineEdit::textChanged, &q, [this] { refresh(); });
    auto *find = new QShortcut(QKeySequence::Find, &q);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    QObject::connect(find, &QShortcut::activated, &q, [this] { search->setFocus(Qt::ShortcutFocusReason); });
    return bar;
}

void FlagsPage::Private::build()
{
    auto *outer = new QVBoxLayout(&q);
    outer->setContentsMargins({});
    splitter = new QSplitter(Qt::Horizontal, &q);
    splitter->setObjectName(u"flagsSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    outer->addWidget(splitter);

    auto *left = new QWidget(splitter);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildBar(left));
    auto *line = new QFrame(left);
    line->setProperty("hairline", true);
    line->setFixedHeight(1);
    column->addWidget(line);

    // Table and notes scroll together: the notes belong under the last flag, however many there are.
    scroll = new QScrollArea(left);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *body = new QWidget(scroll);
    body->setProperty("surface", u"none"_s);
    auto *content = new QVBoxLayout(body);
    content->setContentsMargins({});
    content->setSpacing(0);
    view = new QTableView(body);
    view->setObjectName(u"flagTable"_s);
    view->setAccessibleName(tr("Feature flags"));
    view->setModel(&model);
    view->setHorizontalHeader(new FlagHeader(environment, view));
    delegate = new FlagDelegate(model, clock, view);
    delegate->setTimeZone(zone);
    view->setItemDelegate(delegate);
    view->verticalHeader()->hide();
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setMouseTracking(true);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setTabKeyNavigation(false);
    content->addWidget(view);
    q.setFocusProxy(view);
    emptyTitle = new QLabel(body);
    emptyTitle->setObjectName(u"emptyTitle"_s);
    emptyTitle->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    emptyTitle->setContentsMargins(24, 24, 24, 0);
    emptyText = new QLabel(body);
    emptyText->setProperty("tone", u"2"_s);
    emptyText->setContentsMargins(24, 8, 24, 8);
    emptyText->setWordWrap(true);
    content->addWidget(emptyTitle);
    content->addWidget(emptyText);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(theme::pagePadding, 16, theme::pagePadding, 16);
    foot->setSpacing(20);
    without = new SystemsWithout(body);
    notes = new FlagNotes(body);
    foot->addWidget(without);
    foot->addWidget(notes);
    content->addLayout(foot);
    content->addStretch(1);
    scroll->setWidget(body);
    column->addWidget(scroll, 1);

    side = new QFrame(splitter);
    side->setObjectName(u"flagSide"_s);
    side->setProperty("surface", u"surface"_s);
    side->setMinimumWidth(theme::sidePanelMinimum - 48);
    side->setMaximumWidth(theme::sidePanelMaximum + 80);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins({});
    details = new FlagDetails(store, environment.name, side);
    details->setObjectName(u"flagDetails"_s);
    sideColumn->addWidget(details);
    side->hide();
    splitter->addWidget(left);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);

    QObject::connect(details, &FlagDetails::closeRequested, &q, [this] { closeDetails(); });
    QObject::connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, &q, [this] { showCurrent(); });
    QObject::connect(splitter, &QSplitter::splitterMoved, &q, [this] { fit(); });
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), &q);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    QObject::connect(escape, &QShortcut::activated, &q, [this] { closeDetails(); });

    coalesce.setSingleShot(true);
    coalesce.setInterval(0);
    QObject::connect(&coalesce, &QTimer::timeout, &q, [this] { refresh(); });
    QObject::connect(&store, &FlagStore::changed, &q, [this] { coalesce.start(); });
    QObject::connect(&health, &health::HealthStore::changed, &q, [this] { coalesce.start(); });
    second.setInterval(5s);
    QObject::connect(&second, &QTimer::timeout, &q, [this] { refresh(); });
}

void FlagsPage::Private::refresh()
{
    const Timestamp now = clock.now();
    const QList<FlagLine> all = flagRows(environment, store, now, {}, {});
    if (q.isVisible() || model.rowCount() == 0) {
        const QString text = search->text().trimmed();
        model.reconcile(filter.isEmpty() && text.isEmpty() ? all : flagRows(environment, store, now, filter, text));
        const bool nothing = model.rowCount() == 0;
        view->setVisible(!nothing);
        emptyTitle->setVisible(nothing);
        emptyText->setVisible(nothing);
        if (nothing) {
            const bool isSearch = !text.isEmpty() && !all.isEmpty();
            emptyTitle->setText(isSearch            ? tr("No flag matches")
                                : store.isSettled() ? tr("No flags here")
                                                    : tr("Asking for flags"));
            emptyText->setText(isSearch ? tr("Nothing of \"%1\" in names, descriptions, people and reasons.").arg(text)
                               : store.isSettled() ? tr("No system of this choice declares a flag.")
                                                   : tr("The control endpoints have not answered yet."));
        }
        without->show(store.systemsWithout());
        notes->show(flagNotes(environment, model.rows(), store, health, now, zone));
        fit();
        if (side->isVisible())
            showCurrent();
    }
    const FlagCounts counts = countsOf(all);
    QString words =
        counts.flags > 0 || store.isSettled() ? tr("%n flags", nullptr, counts.flags) : tr("not answered yet");
    if (counts.pendingRestart > 0)
        words += tr(", %n pending restart", nullptr, counts.pendingRestart);
    if (counts.differ > 0)
        words += tr(", %n differs", nullptr, counts.differ);
    if (counts.unknown > 0)
        words += tr(", %n not known", nullptr, counts.unknown);
    if (words != subtitle) {
        subtitle = words;
        Q_EMIT q.subtitleChanged();
    }
}

void FlagsPage::Private::fit()
{
    int height = view->horizontalHeader()->height();
    for (int r = 0; r < model.rowCount(); ++r) {
        const int wanted = model.row(r).isSystem ? FlagDelegate::systemRowHeight : theme::twoLineRowHeight;
        if (view->rowHeight(r) != wanted)
            view->setRowHeight(r, wanted);
        height += wanted;
    }
    if (view->minimumHeight() != height)
        view->setFixedHeight(height);
    const int room = scroll->viewport()->width();
    if (room < 100)
        return;
    const QFontMetrics mono(theme::monoFont());
    int name = 140;
    for (const FlagLine &row : model.rows())
        name = std::max(name, mono.horizontalAdvance(row.title));
    const bool withReason = room >= 640;
    name = std::min(name + theme::pagePadding + 20, withReason ? room / 3 : room / 2);
    const int effect = 104;
    const int value =
        withReason ? std::clamp((room - name - effect) / 2, 190, 280) : std::max(150, room - name - effect);
    view->setColumnHidden(FlagLineModel::ReasonColumn, !withReason);
    view->setColumnWidth(FlagLineModel::NameColumn, name);
    view->setColumnWidth(FlagLineModel::EffectColumn, effect);
    view->setColumnWidth(FlagLineModel::ValueColumn, value);
    if (withReason)
        view->setColumnWidth(FlagLineModel::ReasonColumn, room - name - effect - value);
}

void FlagsPage::Private::keepCurrentInView()
{
    const QRect cell = view->visualRect(view->currentIndex());
    const QPoint top = view->viewport()->mapTo(scroll->widget(), cell.topLeft());
    scroll->ensureVisible(0, top.y(), 0, 0);
    scroll->ensureVisible(0, top.y() + cell.height(), 0, 0);
}

void FlagsPage::Private::showCurrent()
{
    const QModelIndex current = view->currentIndex();
    if (!current.isValid() || model.row(current.row()).isSystem) {
        side->hide();
        fit();
        return;
    }
    if (!side->isVisible()) {
        side->show();
        if (splitterState.isEmpty() || !splitter->restoreState(splitterState))
            splitter->setSizes({std::max(1, q.width() - theme::sidePanelMaximum - 1), theme::sidePanelMaximum});
        fit();
    }
    details->show(model.row(current.row()), clock.now(), zone);
    keepCurrentInView();
}

void FlagsPage::Private::closeDetails()
{
    if (side->isVisible())
        splitterState = splitter->saveState();
    view->selectionModel()->clear();
    side->hide();
    fit();
    view->setFocus();
}

FlagsPage::FlagsPage(const workspace::Environment &environment, FlagStore &store, health::HealthStore &health,
                     const Clock &clock, const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, environment, store, health, clock, zone))
{
    setObjectName(u"flagsPage"_s);
    d->build();
    d->refresh();
}

FlagsPage::~FlagsPage() = default;

QString FlagsPage::subtitle() const
{
    return d->subtitle;
}

void FlagsPage::filterSystem(const QString &key)
{
    if (d->filter == key)
        return;
    d->filter = key;
    d->systems->setCurrent(key);
    d->refresh();
}

void FlagsPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->delegate->setTimeZone(zone);
    d->refresh();
    d->view->viewport()->update();
}

bool FlagsPage::isSettled() const
{
    return d->store.isSettled();
}

QVariantMap FlagsPage::remembered() const
{
    return {{u"splitter"_s, d->side->isVisible() ? d->splitter->saveState() : d->splitterState}};
}

void FlagsPage::recall(const QVariantMap &remembered)
{
    d->splitterState = remembered.value(u"splitter"_s).toByteArray();
}

void FlagsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->refresh();
    d->second.start();
}

void FlagsPage::hideEvent(QHideEvent *event)
{
    d->second.stop();
    QWidget::hideEvent(event);
}

void FlagsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    d->fit();
}

} // namespace atalaya::flags
