// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/side_head.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QToolButton>

#include <variant>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

/// Painted and not a pixmap, so that it follows the theme and the screen by itself.
class SideHead::Glyph final : public QWidget
{
public:
    using QWidget::QWidget;
    using Line = std::pair<theme::Icon, theme::Token>;
    using What = std::variant<std::monostate, State, theme::Switch, Line>;

    void show(const What &what)
    {
        if (what == m_what)
            return;
        m_what = what;
        setFixedSize(std::holds_alternative<theme::Switch>(what) ? 33 : 24, 24);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::Theme &look = theme::themeOf(this);
        if (const auto *state = std::get_if<State>(&m_what))
            theme::StatePainter(look).paint(painter, *state, rect());
        else if (const auto *glyph = std::get_if<theme::Switch>(&m_what))
            theme::StatePainter(look).paint(painter, *glyph, rect());
        else if (const auto *line = std::get_if<Line>(&m_what))
            theme::paintIcon(painter, line->first, QRectF(rect()).adjusted(2, 2, -2, -2), look.color(line->second));
    }

private:
    What m_what;
};

SideHead::SideHead(const QFont &titleFont, QWidget *parent)
    : QWidget(parent)
    , m_glyph(new Glyph(this))
    , m_title(textLabel(u"1"_s, titleFont, this))
    , m_subtitle(textLabel(u"2"_s, theme::font(theme::TextSize::Small), this))
{
    auto *close = new QToolButton(this);
    close->setObjectName(u"closeDetails"_s);
    close->setProperty("role", u"quiet"_s);
    close->setIcon(theme::icon(theme::Icon::Close));
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close details"));
    connect(close, &QToolButton::clicked, this, &SideHead::closeRequested);
    auto *names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::pagePadding, 12, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addLayout(names, 1);
    row->addWidget(close, 0, Qt::AlignTop);
}

void SideHead::showState(State state)
{
    m_glyph->show(state);
}

void SideHead::showSwitch(theme::Switch glyph)
{
    m_glyph->show(glyph);
}

void SideHead::showIcon(theme::Icon icon, theme::Token token)
{
    m_glyph->show(Glyph::Line{icon, token});
}

} // namespace atalaya::common

#include "moc_side_head.cpp"
