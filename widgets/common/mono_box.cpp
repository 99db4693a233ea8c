// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/mono_box.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/theme.h"

#include <QtCore/QEvent>
#include <QtCore/QVariant>
#include <QtGui/QTextBlock>
#include <QtGui/QTextDocument>

#include <cmath>

namespace atalaya::common {

MonoBox::MonoBox(const QString &text, QWidget *parent) : QPlainTextEdit(parent)
{
    setProperty("mono", true);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(theme::monoFont());
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabChangesFocus(true);
    setText(text);
}

void MonoBox::setText(const QString &text)
{
    if (toPlainText() == text && m_fitted > 0)
        return;
    setPlainText(text);
    setAccessibleDescription(text.left(500));
    setMarks({});
    fitHeight();
}

void MonoBox::setMarks(const QList<Mark> &marks)
{
    m_marks = marks;
    applyMarks();
}

void MonoBox::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    fitHeight();
}

void MonoBox::applyMarks()
{
    const theme::Theme &theme = theme::themeOf(this);
    QList<QTextEdit::ExtraSelection> selections;
    for (const Mark &mark : std::as_const(m_marks)) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(static_cast<int>(mark.at));
        selection.cursor.setPosition(static_cast<int>(mark.at + mark.length), QTextCursor::KeepAnchor);
        selection.format.setForeground(theme.color(mark.state));
        selection.format.setFontWeight(QFont::DemiBold);
        selections.append(selection);
    }
    setExtraSelections(selections);
}

void MonoBox::fitHeight()
{
    const qreal most = m_maximumLines * fontMetrics().lineSpacing();
    qreal text = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && text <= most + 1; block = block.next())
        text += blockBoundingRect(block).height();
    setVerticalScrollBarPolicy(text > most + 1 ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int wanted =
        static_cast<int>(std::ceil(std::clamp<qreal>(text, fontMetrics().lineSpacing(), most))) + 2 * (5 + 1 + 4);
    if (wanted == m_fitted)
        return;
    m_fitted = wanted;
    setFixedHeight(wanted);
}

QSize MonoBox::sizeHint() const
{
    return {240, m_fitted};
}

QSize MonoBox::minimumSizeHint() const
{
    return {96, m_fitted};
}

void MonoBox::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyMarks();
}

void MonoBox::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

} // namespace atalaya::common

#include "moc_mono_box.cpp"
