// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/instance_values.h"

#include "widgets/flags/flag_delegate.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

namespace {
constexpr int valueLineHeight = 26;
constexpr int notePadding = 16;
constexpr int noteIconRoom = 28;
constexpr int noteTitle = 20;
constexpr int noteGap = 8;
} // namespace

InstanceValues::InstanceValues(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void InstanceValues::show(const QList<Line> &lines)
{
    if (lines == m_lines)
        return;
    const bool other = lines.size() != m_lines.size();
    m_lines = lines;
    QStringList words;
    for (const Line &line : std::as_const(m_lines))
        words.append(line.instance + u": "_s + valueWord(line.value) + u", "_s + line.words);
    setAccessibleName(tr("Value on each instance"));
    setAccessibleDescription(words.join(u'\n'));
    if (other)
        updateGeometry();
    update();
}

QSize InstanceValues::sizeHint() const
{
    return {340, static_cast<int>(m_lines.size()) * valueLineHeight};
}

void InstanceValues::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    for (int i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines.at(i);
        const QRectF row(0, i * valueLineHeight, width(), valueLineHeight);
        paintToggle(painter, QRectF(0, row.top(), 28, row.height()), look, line.value);
        const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
        theme::paintText(painter, row.adjusted(36, 0, 0, 0), valueWord(line.value), strong, look.color(Token::Text1));
        theme::paintText(painter, row.adjusted(108, 0, -8, 0), line.instance, theme::font(), look.color(Token::Text1));
        const qreal nameEnd = 108 + QFontMetricsF(theme::font()).horizontalAdvance(line.instance) + 12;
        const QRectF rest(nameEnd, row.top(), row.width() - nameEnd, row.height());
        if (rest.width() > 30)
            theme::paintText(painter, rest, line.words, theme::font(theme::TextSize::Small),
                             look.color(line.isPending ? Token::Pending : Token::Text2), Qt::AlignRight);
    }
}

bool InstanceValues::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int at = help->pos().y() / valueLineHeight;
    if (at >= 0 && at < m_lines.size())
        QToolTip::showText(help->globalPos(), m_lines.at(at).toolTip, this);
    return true;
}

FlagNotes::FlagNotes(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"flagNotes"_s);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FlagNotes::show(const QList<FlagNote> &notes)
{
    if (notes == m_notes)
        return;
    m_notes = notes;
    QStringList words;
    for (const FlagNote &note : std::as_const(m_notes))
        words.append(note.title + u' ' + note.text);
    setAccessibleName(tr("What to know before a change here"));
    setAccessibleDescription(words.join(u'\n'));
    setVisible(!m_notes.isEmpty());
    updateGeometry();
    update();
}

int FlagNotes::textHeight(const FlagNote &note, int width) const
{
    const int room = std::max(80, width - 2 * notePadding - noteIconRoom);
    return QFontMetrics(theme::font()).boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, note.text).height();
}

int FlagNotes::heightForWidth(int width) const
{
    int height = notePadding + noteTitle + 4;
    for (const FlagNote &note : m_notes)
        height += noteTitle + textHeight(note, width) + noteGap;
    return height + notePadding - noteGap;
}

QSize FlagNotes::sizeHint() const
{
    const int wanted = width() > 200 ? width() : 600;
    return {wanted, heightForWidth(wanted)};
}

void FlagNotes::resizeEvent(QResizeEvent *event)
{
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
    QWidget::resizeEvent(event);
}

void FlagNotes::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    theme::paintSurface(painter, rect(), theme::cardRadius, look.color(Token::Surface), look.color(Token::Line));
    qreal y = notePadding - 4;
    const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
    theme::paintText(painter, QRectF(notePadding, y, width() - 2 * notePadding, noteTitle),
                     tr("What to know before a change here"), strong, look.color(Token::Text1));
    y += noteTitle + 6;
    for (const FlagNote &note : std::as_const(m_notes)) {
        const QRectF glyph(notePadding, y + 2, 16, 16);
        if (note.isRestart)
            theme::paintIcon(painter, theme::Icon::Power, glyph, look.color(Token::Text2));
        else
            theme::StatePainter(look).paint(painter, note.state, glyph);
        const qreal left = notePadding + noteIconRoom;
        theme::paintText(painter, QRectF(left, y, width() - left - notePadding, noteTitle), note.title,
                         theme::font(theme::TextSize::Body, QFont::DemiBold), look.color(Token::Text1));
        y += noteTitle;
        const int height = textHeight(note, width());
        painter.setFont(theme::font());
        painter.setPen(look.color(Token::Text2));
        painter.drawText(QRectF(left, y, width() - left - notePadding, height), Qt::TextWordWrap, note.text);
        y += height + noteGap;
    }
}

} // namespace atalaya::flags
