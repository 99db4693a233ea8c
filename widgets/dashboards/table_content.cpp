// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/table_content.h"

#include "widgets/dashboards/stat_content.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextBrowser>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

/// Rows with a hairline below and no grid; on the card's surface.
class InstantDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using theme::Token;
        const theme::Theme &look = theme::themeOf(option.widget);
        const QRectF area = option.rect;
        painter->fillRect(area, look.color(option.state.testFlag(QStyle::State_Selected)    ? Token::Selected
                                           : option.state.testFlag(QStyle::State_MouseOver) ? Token::Hover
                                                                                            : Token::Surface));
        theme::paintHairline(*painter, QPointF(area.left(), area.bottom() - 1), area.width(), Qt::Horizontal,
                             look.color(Token::Line));
        const bool isRight = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        theme::paintText(*painter,
                         area.adjusted(isRight               ? 4
                                       : index.column() == 0 ? 0
                                                             : 8,
                                       0, isRight ? -4 : -4, -1),
                         index.data().toString(), theme::font(), look.color(isRight ? Token::Text1 : Token::Text2),
                         isRight ? Qt::AlignRight : Qt::AlignLeft);
    }
};

} // namespace

TableContent::TableContent(const Panel &panel, QWidget *parent)
    : PanelContent(parent)
    , m_panel(panel)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_view(new QTableView(this))
    , m_words(new QLabel(this))
{
    setObjectName(u"tableContent"_s);
    m_proxy->setSourceModel(&m_model);
    m_proxy->setSortRole(InstantTableModel::SortRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    m_words->setProperty("tone", u"2"_s);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_words->setTextFormat(Qt::PlainText);
    column->addWidget(m_words);
    column->addWidget(m_view, 1);
    m_view->setObjectName(u"instantTable"_s);
    m_view->setAccessibleName(panel.title);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new InstantDelegate(m_view));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(26);
    m_view->horizontalHeader()->setStretchLastSection(false);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->setSortingEnabled(true);
    m_view->setStyleSheet(QString());
    m_view->setProperty("surface", u"surface"_s);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
}

void TableContent::showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    QList<InstantTableModel::Column> columns;
    bool any = false;
    for (const PanelQueries::Answer &answer : answers) {
        QString title = answer.target.legend.contains(u"{{") ? QString() : answer.target.legend;
        if (title.isEmpty())
            title = answers.size() == 1             ? tr("value")
                    : answer.target.refId.isEmpty() ? tr("value")
                                                    : answer.target.refId;
        columns.append({title, answer.snapshot.data.get()});
        any = any || (answer.snapshot.data && !answer.snapshot.data->series.empty());
    }
    m_words->setVisible(!any);
    m_view->setVisible(any);
    m_words->setText(any ? QString() : insteadOfData(moment));
    const bool isFirst = m_model.columnCount() == 0;
    m_model.show(columns, m_panel.unit, m_panel.valueTexts);
    if (any && isFirst && m_model.columnCount() > 0) {
        // Largest first, as one looks for what stands out; afterwards the reader's own order holds.
        m_view->sortByColumn(m_model.columnCount() - 1, Qt::DescendingOrder);
    }
    fitColumns();
}

void TableContent::fitColumns()
{
    const int columns = m_model.columnCount();
    if (columns == 0 || m_view->viewport()->width() < 40)
        return;
    const QFontMetrics metrics(theme::font());
    QList<int> wanted;
    int sum = 0;
    for (int c = 0; c < columns; ++c) {
        int widest = metrics.horizontalAdvance(m_model.headerData(c, Qt::Horizontal).toString());
        for (int r = 0; r < std::min(100, m_model.rowCount()); ++r)
            widest = std::max(widest, metrics.horizontalAdvance(m_model.index(r, c).data().toString()));
        wanted.append(std::clamp(widest + 24, 60, 280));
        sum += wanted.last();
    }
    const int spare = m_view->viewport()->width() - sum;
    for (int c = 0; c < columns; ++c) {
        // What is left over goes to the labels, so that the figures stay at the right edge.
        const int labels = columns - 1;
        const int more = spare > 0 ? (c == columns - 1 ? (labels == 0 ? spare : spare % std::max(1, labels))
                                                       : spare / std::max(1, labels))
                                   : 0;
        m_view->setColumnWidth(c, wanted.at(c) + more);
    }
}

void TableContent::resizeEvent(QResizeEvent *event)
{
    PanelContent::resizeEvent(event);
    fitColumns();
}

NoteContent::NoteContent(const Panel &panel, QWidget *parent) : PanelContent(parent)
{
    setObjectName(u"noteContent"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(6);
    if (panel.type == PanelType::Text) {
        auto *text = new QTextBrowser(this);
        text->setObjectName(u"textPanel"_s);
        text->setAccessibleName(panel.title.isEmpty() ? tr("Text") : panel.title);
        text->setFrameShape(QFrame::NoFrame);
        text->setOpenLinks(false);
        text->setStyleSheet(u"QTextBrowser { background: transparent; border: none; padding: 0; }"_s);
        text->setMarkdown(panel.content);
        column->addWidget(text);
        return;
    }
    auto *title = new QLabel(panel.typeName.isEmpty() ? tr("A panel of unknown type")
                                                      : tr("A panel of type \"%1\"").arg(panel.typeName),
                             this);
    title->setObjectName(u"unsupportedType"_s);
    title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    auto *why = new QLabel(panel.reason.isEmpty() ? tr("This console does not draw it.") : panel.reason, this);
    why->setObjectName(u"unsupportedReason"_s);
    why->setProperty("tone", u"2"_s);
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);
    column->addWidget(title);
    column->addWidget(why);
    column->addStretch(1);
}

} // namespace atalaya::dashboards

#include "moc_table_content.cpp"
