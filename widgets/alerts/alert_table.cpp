// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_table.h"

#include "widgets/alerts/alert_delegate.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

/// Shares of the width that the columns get until the operator chooses otherwise.
constexpr double columnShares[] = {0.31, 0.26, 0.12, 0.18, 0.13};
constexpr double narrowShares[] = {0.31, 0.38, 0.0, 0.2, 0.11};

/// Words over the columns: the first stands over the names and not over their shapes, ages stand at the right.
class AlertHeader final : public QHeaderView
{
public:
    explicit AlertHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override
    {
        const theme::Theme &look = theme::themeOf(this);
        const bool last = logicalIndex + 1 == count();
        const qreal left = logicalIndex == 0 ? 44 : 8;
        theme::paintText(*painter, QRectF(rect).adjusted(left, 0, last ? -16 : -8, -1),
                         model()->headerData(logicalIndex, Qt::Horizontal).toString(),
                         theme::font(theme::TextSize::Small), look.color(Token::Text3),
                         last ? Qt::AlignRight : Qt::AlignLeft);
        theme::paintHairline(*painter, QPointF(rect.left(), rect.bottom()), rect.width(), Qt::Horizontal,
                             look.color(Token::Line));
    }
    QSize sectionSizeFromContents(int logicalIndex) const override
    {
        return {QHeaderView::sectionSizeFromContents(logicalIndex).width(), theme::denseRowHeight};
    }
};

} // namespace

AlertTable::AlertTable(AlertTableModel &model, QWidget *parent) : QTreeView(parent), m_alerts(model)
{
    setObjectName(u"alertTable"_s);
    setAccessibleName(tr("Alerts"));
    setModel(&model);
    setItemDelegate(new AlertDelegate(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setAllColumnsShowFocus(true);
    setHeader(new AlertHeader(this));
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(56);
    connect(header(), &QHeaderView::sectionResized, this, [this] {
        // The last section stretches by itself; only a width that was dragged is the operator's choice.
        if (!m_sharing && QGuiApplication::mouseButtons().testFlag(Qt::LeftButton))
            m_widthsChosen = true;
    });
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        // A click on the current row opens the panel again after it was closed.
        if (m_alerts.row(index.row()).isGroup)
            toggle(index);
        else
            Q_EMIT alertChosen(m_alerts.row(index.row()).alert->fingerprint);
    });
}

QString AlertTable::currentFingerprint() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() && !m_alerts.row(current.row()).isGroup ? m_alerts.row(current.row()).alert->fingerprint
                                                                     : QString();
}

void AlertTable::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    setColumnHidden(static_cast<int>(AlertColumn::Component), narrow);
    m_widthsChosen = false;
    shareWidth();
}

void AlertTable::shareWidth()
{
    if (m_widthsChosen)
        return;
    m_sharing = true;
    const double *shares = m_narrow ? narrowShares : columnShares;
    constexpr int last = static_cast<int>(AlertColumn::Count) - 1;
    const int width = viewport()->width();
    // An age cut short would be read as another age.
    const int age =
        std::max(qRound(width * shares[last]), QFontMetrics(theme::font()).horizontalAdvance(u"59 m 59 s"_s) + 26);
    int rest = width;
    for (int column = 0; column < last; ++column) {
        header()->resizeSection(column, qRound((width - age) * shares[column] / (1 - shares[last])));
        rest -= header()->sectionSize(column);
    }
    // The header stretches its last section to its own width, which follows the viewport's only later.
    header()->resizeSection(last, rest);
    m_sharing = false;
}

void AlertTable::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    shareWidth();
}

void AlertTable::toggle(const QModelIndex &index, std::optional<bool> collapsed)
{
    const AlertRow row = m_alerts.row(index.row());
    if (row.isGroup && collapsed.value_or(!row.isCollapsed) != row.isCollapsed)
        m_alerts.setCollapsed(row.group, !row.isCollapsed);
}

void AlertTable::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if (current.isValid()) {
        const bool group = m_alerts.row(current.row()).isGroup;
        switch (event->key()) {
        case Qt::Key_Left:
            if (group) {
                toggle(current, true);
            } else {
                for (int row = current.row(); row >= 0; --row) {
                    if (m_alerts.row(row).isGroup) {
                        setCurrentIndex(m_alerts.index(row, 0));
                        break;
                    }
                }
            }
            return;
        case Qt::Key_Right:
            if (group)
                toggle(current, false);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (group)
                toggle(current);
            else
                Q_EMIT alertChosen(currentFingerprint());
            return;
        default:
            break;
        }
    }
    QTreeView::keyPressEvent(event);
}

void AlertTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid() && !m_alerts.row(current.row()).isGroup)
        Q_EMIT alertChosen(m_alerts.row(current.row()).alert->fingerprint);
}

void AlertTable::drawBranches(QPainter *, const QRect &, const QModelIndex &) const {}

void AlertTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Theme &look = theme::themeOf(this);
    const AlertRow &row = m_alerts.row(index.row());
    const QRectF box(0, option.rect.top(), viewport()->width(), option.rect.height());
    const bool current = currentIndex().row() == index.row();
    if (row.isGroup) {
        drawGroup(painter, option, row);
    } else {
        const bool hovered = box.contains(viewport()->mapFromGlobal(QCursor::pos()));
        if (selectionModel()->isRowSelected(index.row()))
            painter->fillRect(box, look.color(Token::Selected));
        else if (hovered && underMouse())
            painter->fillRect(box, look.color(Token::Hover));
        QStyleOptionViewItem cell(option);
        for (int column = 0; column < m_alerts.columnCount(); ++column) {
            if (isColumnHidden(column))
                continue;
            cell.rect =
                QRect(columnViewportPosition(column), option.rect.top(), columnWidth(column), option.rect.height());
            cell.widget = this;
            itemDelegate()->paint(painter, cell, m_alerts.index(index.row(), column));
        }
    }
    theme::paintHairline(*painter, QPointF(0, box.bottom() - 1), box.width(), Qt::Horizontal, look.color(Token::Line));
    if (current && hasFocus())
        theme::paintFocusRing(*painter, box.adjusted(1, 1, -1, -2), theme::chipRadius, look);
}

void AlertTable::drawGroup(QPainter *painter, const QStyleOptionViewItem &option, const AlertRow &row) const
{
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box(0, option.rect.top(), viewport()->width(), option.rect.height());
    painter->fillRect(box, look.color(Token::Rail));
    theme::paintIcon(*painter, row.isCollapsed ? theme::Icon::ChevronRight : theme::Icon::ChevronDown,
                     QRectF(16, box.center().y() - 6.5, 12, 12), look.color(Token::Text3));
    qreal x = 36;
    if (row.isCollapsed && row.state != atalaya::State::Info) {
        theme::StatePainter(look).paint(*painter, row.state, QRectF(x, box.center().y() - 7, 13, 13));
        x += 20;
    }
    const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
    const QString name = row.group.isEmpty() ? tr("no %1").arg(m_alerts.groupLabel()) : row.group;
    const qreal width = std::min(box.width() * 0.6, QFontMetricsF(strong).horizontalAdvance(name) + 1);
    theme::paintText(*painter, QRectF(x, box.top(), width, box.height() - 1), name, strong, look.color(Token::Text1));
    theme::paintText(*painter, QRectF(x + width + 8, box.top(), box.right() - x - width - 24, box.height() - 1),
                     row.counts, theme::font(theme::TextSize::Small), look.color(Token::Text3));
}

} // namespace atalaya::alerts

#include "moc_alert_table.cpp"
