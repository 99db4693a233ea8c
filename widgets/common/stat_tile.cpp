// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stat_tile.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QClipboard>
#include <QtGui/QFontMetricsF>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

StatTile::StatTile(QWidget *parent) : QFrame(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setWords(tr("no value"));
}

void StatTile::setTitle(const QString &title)
{
    m_title = title;
    describe();
}

void StatTile::setValue(double value, const QString &unit)
{
    m_value = quantity(value, unit);
    m_full = fullQuantity(value, unit);
    describe();
}

void StatTile::setWords(const QString &words)
{
    m_value = {words, {}};
    m_full = words;
    describe();
}

void StatTile::setHint(const QString &hint)
{
    m_hint = hint;
    describe();
}

void StatTile::setState(std::optional<State> state, const QString &word)
{
    m_state = state;
    m_word = state && word.isEmpty() ? theme::stateWord(*state) : word;
    describe();
}

void StatTile::setSparkline(SparklineValues values)
{
    m_sparkline = std::move(values);
    update();
}

void StatTile::setStale(bool stale)
{
    m_stale = stale;
    update();
}

void StatTile::setFrameless(bool frameless)
{
    m_frameless = frameless;
    update();
}

void StatTile::describe()
{
    QStringList parts{m_title, m_value.joined()};
    if (m_state)
        parts += m_word;
    if (!m_hint.isEmpty())
        parts += m_hint;
    parts.removeAll(QString());
    setAccessibleName(parts.join(u", "_s));
    setToolTip(tr("%1\n%2\nCtrl+C copies the number in full").arg(m_title, m_full));
    update();
}

void StatTile::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(m_full);
    else
        QFrame::keyPressEvent(event);
}

void StatTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    using theme::TextSize;
    using theme::Token;
    const bool grey = m_stale || m_sparkline.stale;
    if (!m_frameless) {
        theme::paintSurface(painter, rect(), theme::cardRadius, theme.color(Token::Surface), theme.color(Token::Line));
        if (grey)
            theme::paintHatch(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme.color(Token::Line),
                              theme::cardRadius - 1);
    }
    const QRectF inner = QRectF(rect()).adjusted(theme::panelPadding, 6, -theme::panelPadding, -6);
    qreal y = inner.top();
    if (!m_title.isEmpty()) {
        theme::paintText(painter, QRectF(inner.left(), y, inner.width(), 20), m_title,
                         theme::font(TextSize::Body, QFont::Medium), theme.color(grey ? Token::Text3 : Token::Text1));
        y += 24;
    }
    const bool hasHint = !m_hint.isEmpty() || m_state;
    const qreal hintHeight = hasHint ? 18 : 0;
    const QRectF figureRow(inner.left(), y, inner.width(), std::max(28.0, inner.bottom() - hintHeight - y));

    // Words are sentences, not figures: they keep to the title size.
    const bool isNumber = m_full != m_value.figure || m_value.figure.size() <= 6;
    const QFont figureFont = theme::font(isNumber ? TextSize::Figure : TextSize::Title, QFont::DemiBold);
    const QColor figureColor = grey      ? theme.color(Token::Stale)
                               : m_state ? theme.color(*m_state)
                                         : theme.color(Token::Text1);
    const qreal used = theme::paintText(painter, figureRow, m_value.figure, figureFont, figureColor);
    qreal right = inner.left() + used;
    if (!m_value.unit.isEmpty()) {
        // The unit stands on the figure's base line.
        const QFontMetricsF figureMetrics(figureFont);
        const QFont unitFont = theme::font(TextSize::Body, QFont::Medium);
        const qreal baseline =
            std::round(figureRow.center().y() + (figureMetrics.ascent() - figureMetrics.descent()) / 2);
        painter.setFont(unitFont);
        painter.setPen(theme.color(grey ? Token::Stale : Token::Text2));
        painter.drawText(QPointF(right + 4, baseline), m_value.unit);
        right += 4 + QFontMetricsF(unitFont).horizontalAdvance(m_value.unit);
    }
    const QRectF hintRow(inner.left(), inner.bottom() - hintHeight, inner.width(), hintHeight);
    qreal hintRight = inner.left();
    if (m_state) {
        const QRectF shape(hintRow.left(), hintRow.center().y() - 6, 12, 12);
        theme::StatePainter(theme).paint(painter, *m_state, shape);
        const QString text = m_hint.isEmpty() ? m_word : m_word + u", "_s + m_hint;
        hintRight = shape.right() + 5 +
                    theme::paintText(painter, hintRow.adjusted(17, 0, 0, 0), text, theme::font(TextSize::Small),
                                     theme.color(*m_state));
    } else if (hasHint) {
        hintRight +=
            theme::paintText(painter, hintRow, m_hint, theme::font(TextSize::Small), theme.color(Token::Text3));
    }
    const qreal left = std::max({right + 16, hintRight + 12, inner.right() - 112});
    if (!m_sparkline.isEmpty() && inner.right() - left >= 36) {
        SparklineValues shown = m_sparkline;
        shown.stale = grey;
        const qreal top = std::max(figureRow.top(), inner.bottom() - 40);
        paintSparkline(painter, QRectF(left, top, inner.right() - left, inner.bottom() - top), shown, theme);
    }
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::cardRadius - 1, theme);
}

} // namespace atalaya::common
