// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/panel_frame.h"

#include "widgets/common/buttons.h"
#include "widgets/common/elide_label.h"
#include "widgets/common/state_label.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

PanelFrame::PanelFrame(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new ElideLabel(title, this))
    , m_unit(new ElideLabel({}, this))
    , m_note(new ElideLabel({}, this))
    , m_stateNote(new StateLabel(this))
    , m_tools(new QWidget(this))
    , m_toolLayout(new QHBoxLayout(m_tools))
    , m_header(new QHBoxLayout)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(title);
    m_title->setObjectName(u"panelTitle"_s);
    m_title->setFont(theme::font(theme::TextSize::Body, QFont::Medium));
    m_unit->setFont(theme::font(theme::TextSize::Small));
    m_unit->setToken(theme::Token::Text3);
    m_unit->hide();
    m_note->setObjectName(u"panelNote"_s);
    m_note->setFont(theme::font(theme::TextSize::Small));
    m_note->setToken(theme::Token::Text3);
    m_note->hide();
    m_stateNote->setObjectName(u"panelState"_s);
    m_stateNote->setShapeSize(12);
    m_stateNote->hide();
    m_toolLayout->setContentsMargins(0, 0, 0, 0);
    m_toolLayout->setSpacing(2);
    m_tools->hide();

    m_header->setContentsMargins(theme::panelPadding, 4, 8, 4);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_unit);
    m_header->addStretch(1);
    m_header->addWidget(m_note);
    m_header->addWidget(m_stateNote);
    m_header->addWidget(m_tools);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    auto *bar = new QWidget(this);
    bar->setFixedHeight(theme::panelHeaderHeight);
    bar->setLayout(m_header);
    m_layout->addWidget(bar);
}

void PanelFrame::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

QString PanelFrame::title() const
{
    return m_title->text();
}

void PanelFrame::setUnit(const QString &unit)
{
    m_unit->setText(unit);
    m_unit->setVisible(!unit.isEmpty());
}

void PanelFrame::setNote(const QString &words)
{
    m_stateNote->hide();
    m_note->setText(words);
    m_note->setVisible(!words.isEmpty());
}

void PanelFrame::setStateNote(State state, const QString &words, const QString &detail)
{
    m_note->hide();
    m_stateNote->setState(state, words);
    m_stateNote->setDetail(detail);
    m_stateNote->show();
}

void PanelFrame::clearNote()
{
    m_note->hide();
    m_stateNote->hide();
}

QToolButton *PanelFrame::addTool(theme::Icon icon, const QString &words, const QString &name)
{
    QToolButton *tool = iconButton(icon, words, {}, ButtonRole::Quiet, ButtonSize::Small, m_tools);
    tool->setObjectName(name);
    tool->installEventFilter(this);
    m_toolLayout->addWidget(tool);
    return tool;
}

void PanelFrame::addHeaderWidget(QWidget *widget)
{
    m_header->addWidget(widget);
}

void PanelFrame::setBody(QWidget *body)
{
    if (m_body == body)
        return;
    if (m_body) {
        m_layout->removeWidget(m_body);
        m_body->hide();
        m_body->deleteLater();
    }
    m_body = body;
    if (body) {
        body->installEventFilter(this);
        m_layout->addWidget(body, 1);
        body->show();
    }
}

void PanelFrame::setStale(bool stale)
{
    m_stale = stale;
    m_title->setToken(stale ? theme::Token::Text3 : theme::Token::Text1);
    update();
}

void PanelFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    theme::paintSurface(painter, rect(), theme::cardRadius, theme.color(theme::Token::Surface),
                        theme.color(theme::Token::Line));
    if (m_stale)
        theme::paintHatch(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme.color(theme::Token::Line),
                          theme::cardRadius - 1);
}

bool PanelFrame::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        showTools();
    return QFrame::event(event);
}

bool PanelFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        showTools();
    return QFrame::eventFilter(watched, event);
}

void PanelFrame::showTools()
{
    // Hidden tools cannot take the focus, so the body's own focus brings them too.
    const QWidget *focus = focusWidget();
    const bool focusInside = focus && focus->hasFocus() && isAncestorOf(focus);
    m_tools->setVisible(m_toolLayout->count() > 0 && (underMouse() || focusInside));
}

} // namespace atalaya::common
