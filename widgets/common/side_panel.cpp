// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/side_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/elide_label.h"
#include "widgets/common/hairline.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QVariant>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QScrollArea>

#include <variant>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

SectionTitle::SectionTitle(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new ElideLabel(title, this)), m_note(new ElideLabel({}, this))
{
    m_title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    m_note->setFont(theme::font(theme::TextSize::Small));
    m_note->setToken(theme::Token::Text3);
    m_note->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addStretch(1);
    layout->addWidget(m_note);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SectionTitle::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SectionTitle::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void SectionTitle::addRight(QWidget *widget)
{
    layout()->addWidget(widget);
}

class SidePanel::Glyph final : public QWidget
{
public:
    using QWidget::QWidget;
    struct Line
    {
        theme::Icon icon;
        theme::Token token;
    };
    std::variant<std::monostate, State, theme::Switch, Line> what;

    QSize sizeHint() const override
    {
        return std::holds_alternative<theme::Switch>(what) ? QSize(22, 24) : QSize(24, 24);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::Theme &theme = theme::themeOf(this);
        if (const auto *state = std::get_if<State>(&what))
            theme::StatePainter(theme).paint(painter, *state, QRectF(rect()));
        else if (const auto *glyph = std::get_if<theme::Switch>(&what))
            theme::StatePainter(theme).paint(painter, *glyph, QRectF(0, height() / 2.0 - 8, 22, 16));
        else if (const auto *line = std::get_if<Line>(&what))
            theme::paintIcon(painter, line->icon, QRectF(width() / 2.0 - 10, height() / 2.0 - 10, 20, 20),
                             theme.color(line->token));
    }
};

SidePanel::SidePanel(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new Glyph(this))
    , m_title(new ElideLabel({}, this))
    , m_subtitle(new ElideLabel({}, this))
    , m_sections(nullptr)
{
    setFrameShape(QFrame::NoFrame);
    setMinimumWidth(theme::sidePanelMinimum - 48); // at 1024 px the page needs the room
    setMaximumWidth(theme::sidePanelMaximum);
    m_glyph->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_glyph->hide();
    m_title->setObjectName(u"sidePanelTitle"_s);
    m_subtitle->setFont(theme::font(theme::TextSize::Small));
    m_subtitle->setToken(theme::Token::Text3);
    m_subtitle->setObjectName(u"sidePanelSubtitle"_s);
    QToolButton *close =
        iconButton(theme::Icon::Close, tr("Close"), QKeySequence(Qt::Key_Escape), ButtonRole::Quiet, ButtonSize::Small);
    close->setObjectName(u"closeSidePanel"_s);
    connect(close, &QToolButton::clicked, this, &SidePanel::closeRequested);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_subtitle);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(theme::pagePadding, 12, 10, 8);
    head->setSpacing(12);
    head->addWidget(m_glyph, 0, Qt::AlignTop);
    head->addLayout(texts, 1);
    head->addWidget(close, 0, Qt::AlignTop);

    auto *content = new QWidget;
    content->setProperty("surface", u"none"_s);
    content->setAutoFillBackground(false);
    m_sections = new QVBoxLayout(content);
    m_sections->setContentsMargins(0, 0, 0, 0);
    m_sections->setSpacing(0);
    m_sections->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
    setHeading({});
}

void SidePanel::setHeading(const QString &title, const QString &subtitle, bool monoTitle)
{
    m_title->setFont(monoTitle ? theme::monoFont(theme::TextSize::Body, QFont::DemiBold)
                               : theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    setAccessibleName(title);
}

void SidePanel::setHeadingState(State state)
{
    m_glyph->what = state;
    m_glyph->show();
    m_glyph->setAccessibleName(theme::stateWord(state));
    m_glyph->updateGeometry();
    m_glyph->update();
}

void SidePanel::setHeadingSwitch(theme::Switch glyph)
{
    m_glyph->what = glyph;
    m_glyph->show();
    m_glyph->setAccessibleName(theme::switchWord(glyph));
    m_glyph->updateGeometry();
    m_glyph->update();
}

void SidePanel::setHeadingIcon(theme::Icon icon, theme::Token token)
{
    m_glyph->what = Glyph::Line{icon, token};
    m_glyph->show();
    m_glyph->updateGeometry();
    m_glyph->update();
}

QString SidePanel::heading() const
{
    return m_title->text();
}

void SidePanel::addSection(QWidget *content)
{
    auto *section = new QWidget;
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    const bool isFirst = m_sections->count() == 1;
    if (!isFirst)
        layout->addWidget(new Hairline(Qt::Horizontal, section));
    auto *padded = new QVBoxLayout;
    padded->setContentsMargins(theme::pagePadding, isFirst ? 0 : 12, theme::pagePadding, 12);
    padded->addWidget(content);
    layout->addLayout(padded);
    m_sections->insertWidget(m_sections->count() - 1, section);
    section->show();
}

void SidePanel::clearSections()
{
    while (m_sections->count() > 1) {
        QLayoutItem *item = m_sections->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

QSize SidePanel::sizeHint() const
{
    return {theme::sidePanelMinimum, 600};
}

void SidePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    painter.fillRect(rect(), theme.color(theme::Token::Surface));
    theme::paintHairline(painter, {0, 0}, height(), Qt::Vertical, theme.color(theme::Token::Line));
}

void SidePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QFrame::keyPressEvent(event);
}

} // namespace atalaya::common
