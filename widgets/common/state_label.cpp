// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/state_label.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::common {

namespace {
constexpr int stateWordGap = 6;
}

StateLabel::StateLabel(QWidget *parent) : StateLabel(State::Unknown, {}, parent) {}

StateLabel::StateLabel(State state, const QString &word, QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setState(state, word);
}

void StateLabel::setState(State state, const QString &word)
{
    m_state = state;
    m_switch.reset();
    m_word = word.isEmpty() ? theme::stateWord(state) : word;
    describe();
}

void StateLabel::setSwitch(theme::Switch glyph, const QString &word)
{
    m_switch = glyph;
    m_state = theme::switchState(glyph);
    m_word = word.isEmpty() ? theme::switchWord(glyph) : word;
    describe();
}

void StateLabel::setDetail(const QString &detail)
{
    m_detail = detail;
    describe();
}

void StateLabel::setWordShown(bool shown)
{
    m_wordShown = shown;
    describe();
}

void StateLabel::setShapeSize(int size)
{
    m_size = size;
    describe();
}

void StateLabel::setQuiet(bool quiet)
{
    m_quiet = quiet;
    describe();
}

void StateLabel::describe()
{
    setAccessibleName(m_word);
    setToolTip(m_detail.isEmpty() ? m_word : m_word + u'\n' + m_detail);
    updateGeometry();
    update();
}

QFont StateLabel::wordFont() const
{
    return theme::font(m_size < 16 ? theme::TextSize::Small : theme::TextSize::Body,
                       m_quiet ? QFont::Normal : QFont::DemiBold);
}

int StateLabel::glyphWidth() const
{
    return m_switch ? m_size * 22 / 16 : m_size;
}

QSize StateLabel::sizeHint() const
{
    const QFontMetricsF metrics(wordFont());
    const int word = m_wordShown ? stateWordGap + static_cast<int>(std::ceil(metrics.horizontalAdvance(m_word))) : 0;
    return {glyphWidth() + word, std::max(m_size, static_cast<int>(std::ceil(metrics.height())))};
}

QSize StateLabel::minimumSizeHint() const
{
    return {glyphWidth(), sizeHint().height()};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    const QRectF glyphBox(0, (height() - m_size) / 2.0, glyphWidth(), m_size);
    if (m_switch)
        theme::StatePainter(theme).paint(painter, *m_switch, glyphBox);
    else
        theme::StatePainter(theme).paint(painter, m_state, glyphBox);
    if (m_wordShown) {
        const QRectF textBox(glyphBox.right() + stateWordGap, 0, width() - glyphBox.right() - stateWordGap, height());
        theme::paintText(painter, textBox, m_word, wordFont(),
                         m_quiet ? theme.color(theme::Token::Text2) : theme.color(m_state));
    }
}

qreal paintStateWord(QPainter &painter, const QRectF &area, const theme::Theme &theme, State state, const QString &word,
                     const QFont &font, int shapeSize)
{
    theme::StatePainter(theme).paint(painter, state,
                                     QRectF(area.left(), area.center().y() - shapeSize / 2.0, shapeSize, shapeSize));
    const qreal used = shapeSize + stateWordGap;
    return used + theme::paintText(painter, area.adjusted(used, 0, 0, 0), word, font, theme.color(state));
}

qreal paintSwitchWord(QPainter &painter, const QRectF &area, const theme::Theme &theme, theme::Switch glyph,
                      const QString &word, const QFont &font)
{
    theme::StatePainter(theme).paint(painter, glyph, QRectF(area.left(), area.center().y() - 8, 22, 16));
    constexpr qreal used = 22 + stateWordGap;
    return used +
           theme::paintText(painter, area.adjusted(used, 0, 0, 0), word, font, theme.color(theme::switchState(glyph)));
}

} // namespace atalaya::common
