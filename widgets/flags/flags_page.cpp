// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/flags_page.h"

#include "models/base/quantity.h"
#include "models/flags/flag_table_model.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/page_bar.h"
#include "widgets/common/painted_table.h"
#include "widgets/common/side_splitter.h"
#include "widgets/flags/flag_delegate.h"
#include "widgets/flags/flag_details.h"
#include "widgets/flags/flag_notes.h"
#include "widgets/flags/systems_without.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QTimer>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
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
    void buildBar(QHBoxLayout *row);
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

    FlagTableModel model;
    QTableView *view = nullptr;
    FlagDelegate *delegate = nullptr;
    QScrollArea *scroll = nullptr;
    common::SideSplitter *splitter = nullptr;
    FlagDetails *details = nullptr;
    ChoiceButton *systems = nullptr;
    QLineEdit *search = nullptr;
    SystemsWithout *without = nullptr;
    FlagNotes *notes = nullptr;
    common::EmptyNotice *empty = nullptr;
    QTimer second, coalesce;
    QString filter, subtitle;
};

void FlagsPage::Private::buildBar(QHBoxLayout *row)
{
    QWidget *bar = row->parentWidget();
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
}

void FlagsPage::Private::build()
{
    auto *outer = new QVBoxLayout(&q);
    outer->setContentsMargins({});
    splitter = new common::SideSplitter(&q);
    splitter->setObjectName(u"flagsSplitter"_s);
    outer->addWidget(splitter);

    auto *left = new QWidget(splitter);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    buildBar(common::addPageBar(column, left));

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
    common::dressPaintedTable(*view, QAbstractItemView::SelectRows);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    content->addWidget(view);
    q.setFocusProxy(view);
    empty = new common::EmptyNotice(body);
    content->addWidget(empty);
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

    details = new FlagDetails(store, environment.name, &q);
    details->setObjectName(u"flagDetails"_s);
    splitter->setPanes(left, details, u"flagSide"_s);

    QObject::connect(details, &FlagDetails::closeRequested, &q, [this] { closeDetails(); });
    QObject::connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, &q, [this] { showCurrent(); });
    QObject::connect(splitter, &QSplitter::splitterMoved, &q, [this] { fit(); });
    QObject::connect(splitter, &common::SideSplitter::closeRequested, &q, [this] { closeDetails(); });

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
        empty->setVisible(nothing);
        if (!text.isEmpty() && !all.isEmpty())
            empty->show(State::Info, tr("No flag matches"),
                        tr("Nothing of \"%1\" in names, descriptions, people and reasons.").arg(text));
        else if (const QStringList silent = store.systemsNotKnown(); store.isSettled() && !silent.isEmpty())
            empty->show(
                State::Unknown, tr("No flag is known"),
                tr("No instance of %1 says its flags. They are asked again by themselves.").arg(silent.join(u", "_s)));
        else if (store.isSettled())
            empty->show(State::Info, tr("No flags here"), tr("No system of this choice declares a flag."));
        else
            empty->show(State::Pending, tr("Asking for flags"), tr("The control endpoints have not answered yet."));
        without->show(store.systemsWithout());
        notes->show(flagNotes(environment, model.rows(), store, health, now, zone));
        fit();
        if (splitter->isPanelOpen())
            showCurrent();
    }
    const FlagCounts counts = countsOf(all);
    QString words = counts.flags > 0 || store.isSettled() ? counted(counts.flags, tr("%1 flag"), tr("%1 flags"))
                                                          : tr("not answered yet");
    if (counts.pendingRestart > 0)
        words += tr(", %1 pending restart").arg(counts.pendingRestart);
    if (counts.differ > 0)
        words += counted(counts.differ, tr(", %1 differs"), tr(", %1 differ"));
    if (counts.unknown > 0)
        words += tr(", %1 not known").arg(counts.unknown);
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
    view->setColumnHidden(FlagTableModel::ReasonColumn, !withReason);
    view->setColumnWidth(FlagTableModel::NameColumn, name);
    view->setColumnWidth(FlagTableModel::EffectColumn, effect);
    view->setColumnWidth(FlagTableModel::ValueColumn, value);
    if (withReason)
        view->setColumnWidth(FlagTableModel::ReasonColumn, room - name - effect - value);
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
        splitter->closePanel();
        fit();
        return;
    }
    if (!splitter->isPanelOpen()) {
        splitter->openPanel(theme::sidePanelMaximum);
        fit();
    }
    details->show(model.row(current.row()), clock.now(), zone);
    keepCurrentInView();
}

void FlagsPage::Private::closeDetails()
{
    view->selectionModel()->clear();
    splitter->closePanel();
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
    return {{u"splitter"_s, d->splitter->remembered()}};
}

void FlagsPage::recall(const QVariantMap &remembered)
{
    d->splitter->recall(remembered.value(u"splitter"_s).toByteArray());
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

#include "moc_flags_page.cpp"
