// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/instance_lines.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

InstanceLines::InstanceLines(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void InstanceLines::show(const QList<Line> &lines, const QString &chosen)
{
    if (lines == m_lines && chosen == m_chosen)
        return;
    const bool other = lines.size() != m_lines.size();
    m_lines = lines;
    m_chosen = chosen;
    QStringList words;
    for (const Line &line : std::as_const(m_lines))
        words.append(line.instance + u": "_s + line.words);
    setAccessibleName(tr("Instances"));
    setAccessibleDescription(words.join(u'\n'));
    if (other)
        updateGeometry();
    update();
}

QSize InstanceLines::sizeHint() const
{
    return {340, static_cast<int>(m_lines.size()) * lineHeight};
}

int InstanceLines::lineAt(int y) const
{
    const int at = y / lineHeight;
    return y >= 0 && at < m_lines.size() ? at : -1;
}

void InstanceLines::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    for (int i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines.at(i);
        const QRectF row(0, i * lineHeight, width(), lineHeight);
        const bool isChosen = line.instance == m_chosen && m_lines.size() > 1;
        theme::StatePainter(look).paint(painter, line.state, QRectF(row.left(), row.center().y() - 7, 14, 14));
        const qreal nameWidth = std::min(
            row.width() * 0.45,
            QFontMetricsF(theme::font(theme::TextSize::Body, QFont::Medium)).horizontalAdvance(line.instance) + 8);
        theme::paintText(painter, QRectF(22, row.top(), nameWidth, row.height()), line.instance,
                         theme::font(theme::TextSize::Body, isChosen ? QFont::Medium : QFont::Normal),
                         look.color(isChosen ? Token::Accent : Token::Text1));
        theme::paintText(painter, QRectF(26 + nameWidth, row.top(), row.width() - nameWidth - 26, row.height()),
                         line.words, theme::font(), look.color(Token::Text2), Qt::AlignRight);
    }
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1),
                              theme::lineHeight(theme::TextSize::Small) / 4.0, look);
}

void InstanceLines::mousePressEvent(QMouseEvent *event)
{
    if (const int at = lineAt(event->pos().y()); at >= 0)
        Q_EMIT instanceChosen(m_lines.at(at).instance);
}

void InstanceLines::keyPressEvent(QKeyEvent *event)
{
    int at = -1;
    for (int i = 0; i < m_lines.size(); ++i) {
        if (m_lines.at(i).instance == m_chosen)
            at = i;
    }
    if (event->key() == Qt::Key_Down && at + 1 < m_lines.size())
        Q_EMIT instanceChosen(m_lines.at(at + 1).instance);
    else if (event->key() == Qt::Key_Up && at > 0)
        Q_EMIT instanceChosen(m_lines.at(at - 1).instance);
    else
        QWidget::keyPressEvent(event);
}

bool InstanceLines::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int at = lineAt(help->pos().y());
    if (at >= 0)
        QToolTip::showText(help->globalPos(), m_lines.at(at).toolTip, this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace atalaya::health

#include "moc_instance_lines.cpp"
