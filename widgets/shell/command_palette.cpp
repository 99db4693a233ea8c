// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/command_palette.h"

#include "widgets/shell/fuzzy_match.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QAbstractListModel>
#include <QtGui/QFontMetricsF>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

class PaletteModel final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    struct Hit
    {
        int entry = 0;
        FuzzyMatch match;
    };

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const PaletteEntry &found = entry(index.row());
        if (role == Qt::DisplayRole)
            return found.title;
        if (role == Qt::AccessibleTextRole)
            return found.title + u", "_s + found.kind;
        return {};
    }
    const PaletteEntry &entry(int row) const { return m_entries.at(m_hits.at(row).entry); }
    const FuzzyMatch &matchOf(int row) const { return m_hits.at(row).match; }

    void setEntries(QList<PaletteEntry> entries)
    {
        m_entries = std::move(entries);
        filter({});
    }
    void filter(const QString &typed)
    {
        beginResetModel();
        m_hits.clear();
        for (int i = 0; i < m_entries.size(); ++i) {
            if (auto match = fuzzyMatch(typed, m_entries.at(i).title))
                m_hits.append({i, *match});
        }
        std::stable_sort(m_hits.begin(), m_hits.end(),
                         [](const Hit &a, const Hit &b) { return a.match.score > b.match.score; });
        endResetModel();
    }

private:
    QList<PaletteEntry> m_entries;
    QList<Hit> m_hits;
};

namespace {

class PaletteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, theme::rowHeight}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using theme::Token;
        const auto *model = static_cast<const PaletteModel *>(index.model());
        const PaletteEntry &entry = model->entry(index.row());
        const theme::Theme &look = theme::themeOf(option.widget);
        const QRectF row = QRectF(option.rect).adjusted(4, 0, -4, 0);
        if (option.state.testFlag(QStyle::State_Selected))
            theme::paintSurface(*painter, row, theme::fieldRadius, look.color(Token::Selected), {});
        else if (option.state.testFlag(QStyle::State_MouseOver))
            theme::paintSurface(*painter, row, theme::fieldRadius, look.color(Token::Hover), {});
        theme::paintIcon(*painter, entry.icon, QRectF(row.left() + 10, row.center().y() - 8, 16, 16),
                         look.color(Token::Text2));

        const QFont small = theme::font(theme::TextSize::Small);
        qreal right = row.right() - 12;
        const qreal keys = QFontMetricsF(small).horizontalAdvance(entry.keys);
        theme::paintText(*painter, QRectF(right - keys - 1, row.top(), keys + 1, row.height()), entry.keys, small,
                         look.color(Token::Text3));
        right -= keys > 0 ? keys + 16 : 0;
        const qreal kind = QFontMetricsF(small).horizontalAdvance(entry.kind);
        theme::paintText(*painter, QRectF(right - kind - 1, row.top(), kind + 1, row.height()), entry.kind, small,
                         look.color(Token::Text3));
        right -= kind + 16;

        // Letters that matched are heavier; stretches of one weight are drawn as one text.
        const QList<int> &marked = model->matchOf(index.row()).positions;
        qreal x = row.left() + 36;
        for (qsizetype at = 0; at < entry.title.size() && x < right;) {
            const bool heavy = marked.contains(static_cast<int>(at));
            qsizetype end = at + 1;
            while (end < entry.title.size() && marked.contains(static_cast<int>(end)) == heavy)
                ++end;
            const QFont font = theme::font(theme::TextSize::Body, heavy ? QFont::DemiBold : QFont::Normal);
            const QString part = entry.title.sliced(at, end - at);
            const qreal width = QFontMetricsF(font).horizontalAdvance(part);
            theme::paintText(*painter, QRectF(x, row.top(), std::min(width + 1, right - x), row.height()), part, font,
                             look.color(heavy ? Token::Accent : Token::Text1));
            x += width;
            at = end;
        }
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_model(new PaletteModel(this))
    , m_frame(new QFrame(this))
    , m_field(new QLineEdit(m_frame))
    , m_list(new QListView(m_frame))
    , m_nothing(new QLabel(m_frame))
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Go to or run"));
    hide();
    m_frame->setObjectName(u"commandPaletteFrame"_s);
    m_frame->setAttribute(Qt::WA_StyledBackground, false);
    m_field->setObjectName(u"paletteField"_s);
    m_field->setPlaceholderText(tr("Go to or run…"));
    m_field->setAccessibleName(tr("Page, system, dashboard or action"));
    m_field->setClearButtonEnabled(true);
    m_field->setFixedHeight(36);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("What matches"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setStyleSheet(u"QListView { background: transparent; border: none; }"_s);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_nothing->setObjectName(u"paletteNothing"_s);
    m_nothing->setProperty("tone", u"3"_s);
    m_nothing->setContentsMargins(12, 4, 12, 8);
    auto *layout = new QVBoxLayout(m_frame);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);

    connect(m_field, &QLineEdit::textEdited, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { runRow(m_list->currentIndex().row()); });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { runRow(index.row()); });
    m_field->installEventFilter(this);
    window->installEventFilter(this);
}

void CommandPalette::open(QList<PaletteEntry> entries)
{
    m_focusBefore = window()->focusWidget();
    m_model->setEntries(std::move(entries));
    m_field->clear();
    filter({});
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::filter(const QString &typed)
{
    m_model->filter(typed);
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    m_nothing->setText(tr("Nothing here is called “%1”.").arg(typed.trimmed()));
    if (any)
        m_list->setCurrentIndex(m_model->index(0));
    place();
}

void CommandPalette::runRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const std::function<void()> run = m_model->entry(row).run;
    close();
    if (run)
        run();
}

void CommandPalette::place()
{
    setGeometry(parentWidget()->rect());
    const int rows = std::clamp(m_model->rowCount(), 1, 11);
    const int width = std::min(560, parentWidget()->width() - 48);
    m_frame->setGeometry((parentWidget()->width() - width) / 2, std::min(88, parentWidget()->height() / 8), width,
                         8 + 36 + 6 + rows * theme::rowHeight + 8);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int row = m_list->currentIndex().row();
        const int last = m_model->rowCount() - 1;
        switch (key->key()) {
        case Qt::Key_Escape:
            close();
            return true;
        case Qt::Key_Down:
            m_list->setCurrentIndex(m_model->index(row < last ? row + 1 : 0));
            return true;
        case Qt::Key_Up:
            m_list->setCurrentIndex(m_model->index(row > 0 ? row - 1 : last));
            return true;
        case Qt::Key_PageDown:
            m_list->setCurrentIndex(m_model->index(std::min(last, row + 10)));
            return true;
        case Qt::Key_PageUp:
            m_list->setCurrentIndex(m_model->index(std::max(0, row - 10)));
            return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!m_frame->geometry().contains(event->pos()))
        close();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    QColor scrim = look.color(theme::Token::Rail);
    scrim.setAlphaF(0.5F);
    painter.fillRect(rect(), scrim);
    theme::paintSurface(painter, m_frame->geometry(), theme::dialogRadius, look.color(theme::Token::Raised),
                        look.color(theme::Token::LineStrong));
}

} // namespace atalaya::shell

#include "moc_command_palette.cpp"
