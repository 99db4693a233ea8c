// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/nav_rail.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QAbstractListModel>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

class RailModel final : public QAbstractListModel
{
public:
    static constexpr int NarrowRole = Qt::UserRole + 1;
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const RailEntry &entry = m_entries.at(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return entry.word;
        case Qt::ToolTipRole: {
            const QString place = m_firstKey + index.row() <= 9
                                      ? tr("%1 (Alt+%2)").arg(entry.word).arg(m_firstKey + index.row())
                                      : entry.word;
            return entry.countWords.isEmpty() ? place : place + u'\n' + entry.countWords;
        }
        case Qt::AccessibleTextRole:
            return entry.countWords.isEmpty() ? entry.word : entry.word + u", "_s + entry.countWords;
        case NarrowRole:
            return m_narrow;
        default:
            return {};
        }
    }
    const RailEntry &entry(int row) const { return m_entries.at(row); }
    int rowOf(const QString &page) const
    {
        for (int i = 0; i < m_entries.size(); ++i) {
            if (m_entries.at(i).page == page)
                return i;
        }
        return -1;
    }
    void set(const QList<RailEntry> &entries, int firstKey)
    {
        m_firstKey = firstKey;
        bool samePages = entries.size() == m_entries.size();
        for (int i = 0; samePages && i < entries.size(); ++i)
            samePages = entries.at(i).page == m_entries.at(i).page;
        if (!samePages) {
            beginResetModel();
            m_entries = entries;
            endResetModel();
            return;
        }
        for (int i = 0; i < entries.size(); ++i) {
            if (m_entries.at(i) == entries.at(i))
                continue;
            m_entries[i] = entries.at(i);
            Q_EMIT dataChanged(index(i), index(i));
        }
    }
    void setNarrow(bool narrow)
    {
        m_narrow = narrow;
        Q_EMIT layoutChanged();
    }

private:
    QList<RailEntry> m_entries;
    int m_firstKey = 1;
    bool m_narrow = false;
};

namespace {

class RailDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        // The last 2 px keep neighbours apart; they are not part of the painted row.
        return index.data(RailModel::NarrowRole).toBool() ? QSize(theme::narrowRailWidth, 51)
                                                          : QSize(theme::railWidth, theme::rowHeight + 2);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using theme::Token;
        const auto *model = static_cast<const RailModel *>(index.model());
        const RailEntry &entry = model->entry(index.row());
        const theme::Theme &look = theme::themeOf(option.widget);
        const bool narrow = index.data(RailModel::NarrowRole).toBool();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool focused = option.state.testFlag(QStyle::State_HasFocus) && option.widget &&
                             option.widget->hasFocus() && option.state.testFlag(QStyle::State_KeyboardFocusChange);
        const QRectF row = QRectF(option.rect).adjusted(0, 0, 0, -2);
        const QRectF tile = narrow ? row.adjusted(4, 0, -5, 0) : row.adjusted(8, 0, -9, 0);
        if (selected)
            theme::paintSurface(*painter, tile, theme::fieldRadius, look.color(Token::Selected), {});
        else if (option.state.testFlag(QStyle::State_MouseOver))
            theme::paintSurface(*painter, tile, theme::fieldRadius, look.color(Token::Hover), {});
        if (selected)
            painter->fillRect(QRectF(0, tile.top(), 3, tile.height()), look.color(Token::Accent));
        if (focused)
            theme::paintFocusRing(*painter, tile.adjusted(1, 1, -1, -1), theme::fieldRadius - 1, look);

        const QColor text = look.color(selected ? Token::Text1 : Token::Text2);
        const QString count = entry.isUnknown ? QString()
                              : entry.atLeast ? QString::number(entry.count) + u'+'
                                              : QString::number(entry.count);
        const QFont countFont = theme::font(theme::TextSize::Small, QFont::DemiBold);
        const qreal countWidth = QFontMetricsF(countFont).horizontalAdvance(count);
        if (narrow) {
            const qreal centre = tile.center().x();
            theme::paintIcon(*painter, entry.icon, QRectF(centre - 8, tile.top() + 8, 16, 16), text);
            theme::paintText(*painter, QRectF(tile.left() - 4, tile.top() + 26, tile.width() + 8, 18), entry.word,
                             theme::font(theme::TextSize::Small, selected ? QFont::Medium : QFont::Normal), text,
                             Qt::AlignHCenter);
            if (entry.count > 0 || entry.isUnknown) {
                theme::StatePainter(look).paint(*painter, entry.state, QRectF(centre + 10, tile.top() + 6, 10, 10));
                theme::paintText(*painter, QRectF(centre + 22, tile.top() + 3, countWidth + 2, 16), count, countFont,
                                 look.color(entry.state));
            }
            return;
        }
        theme::paintIcon(*painter, entry.icon, QRectF(tile.left() + 8, tile.center().y() - 8, 16, 16), text);
        const qreal right = tile.right() - 8;
        qreal wordRight = right;
        if (entry.count > 0 || entry.isUnknown) {
            theme::paintText(*painter, QRectF(right - countWidth - 1, tile.top(), countWidth + 1, tile.height()), count,
                             countFont, look.color(entry.state));
            theme::StatePainter(look).paint(*painter, entry.state,
                                            QRectF(right - countWidth - 18, tile.center().y() - 6, 12, 12));
            wordRight = right - countWidth - 22;
        }
        const qreal left = tile.left() + 34;
        theme::paintText(*painter, QRectF(left, tile.top(), wordRight - left, tile.height()), entry.word,
                         theme::font(theme::TextSize::Body, selected ? QFont::Medium : QFont::Normal), text);
    }
};

QListView *railView(RailModel *model, const QString &name, QWidget *parent)
{
    auto *view = new QListView(parent);
    view->setObjectName(name);
    view->setModel(model);
    view->setItemDelegate(new RailDelegate(view));
    view->setFrameShape(QFrame::NoFrame);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setMouseTracking(true);
    view->viewport()->setAutoFillBackground(false);
    view->setAutoFillBackground(false);
    view->setStyleSheet(u"QListView { background: transparent; border: none; }"_s);
    return view;
}

} // namespace

NavRail::NavRail(QWidget *parent)
    : QWidget(parent)
    , m_upper(new RailModel(this))
    , m_lower(new RailModel(this))
    , m_upperView(railView(m_upper, u"navRail"_s, this))
    , m_lowerView(railView(m_lower, u"navRailLower"_s, this))
{
    m_upperView->setAccessibleName(tr("Pages"));
    m_lowerView->setAccessibleName(tr("More pages"));
    m_lowerView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setSpacing(0);
    layout->addWidget(m_upperView, 1);
    layout->addWidget(m_lowerView, 0);
    setFixedWidth(theme::railWidth);
    for (QListView *view : {m_upperView, m_lowerView}) {
        auto *model = static_cast<RailModel *>(view->model());
        connect(view, &QListView::clicked, this,
                [this, model](const QModelIndex &index) { Q_EMIT pageRequested(model->entry(index.row()).page); });
        connect(view, &QListView::activated, this,
                [this, model](const QModelIndex &index) { Q_EMIT pageRequested(model->entry(index.row()).page); });
    }
    setNarrow(false);
}

void NavRail::setEntries(const QList<RailEntry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    QList<RailEntry> upper, lower;
    for (const RailEntry &entry : entries)
        (entry.atBottom ? lower : upper).append(entry);
    m_upper->set(upper, 1);
    m_lower->set(lower, static_cast<int>(upper.size()) + 1);
    m_lowerView->setVisible(!lower.isEmpty());
    m_lowerView->setFixedHeight(
        static_cast<int>(lower.size()) * (width() == theme::narrowRailWidth ? 51 : theme::rowHeight + 2) + 2);
    select();
}

void NavRail::setPage(const QString &page)
{
    m_page = page;
    select();
}

void NavRail::setNarrow(bool narrow)
{
    setFixedWidth(narrow ? theme::narrowRailWidth : theme::railWidth);
    m_upper->setNarrow(narrow);
    m_lower->setNarrow(narrow);
    m_lowerView->setFixedHeight(m_lower->rowCount() * (narrow ? 51 : theme::rowHeight + 2) + 2);
}

void NavRail::select()
{
    for (QListView *view : {m_upperView, m_lowerView}) {
        const int row = static_cast<RailModel *>(view->model())->rowOf(m_page);
        if (row >= 0)
            view->setCurrentIndex(view->model()->index(row, 0));
        else
            view->clearSelection();
    }
}

void NavRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    painter.fillRect(rect(), look.color(theme::Token::Rail));
    theme::paintHairline(painter, QPointF(width() - 1, 0), height(), Qt::Vertical, look.color(theme::Token::Line));
}

} // namespace atalaya::shell

#include "moc_nav_rail.cpp"
