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

} // namespace atalaya::flags

#include "moc_instance_values.cpp"
