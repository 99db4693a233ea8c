// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/notice_banner.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

NoticeBanner::NoticeBanner(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_detail(new QLabel(this)), m_action(new QPushButton(this))
{
    m_title->setObjectName(u"noticeTitle"_s);
    m_title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_detail->setObjectName(u"noticeDetail"_s);
    m_detail->setProperty("tone", u"2"_s);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_action->setObjectName(u"noticeAction"_s);
    m_action->setProperty("role", u"outline"_s);
    m_action->setIconSize(QSize(22, 16));
    m_action->hide();
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(48, 10, theme::pagePadding, 10);
    layout->setSpacing(16);
    layout->addLayout(words, 1);
    layout->addWidget(m_action);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_action, &QPushButton::clicked, this, &NoticeBanner::actionRequested);
    hide();
}

void NoticeBanner::setAction(theme::Icon icon, const QString &text, const QString &toolTip)
{
    m_action->setIcon(theme::icon(icon, theme::Token::Text1));
    m_action->setText(text);
    m_action->setToolTip(toolTip);
    m_action->setVisible(!text.isEmpty());
}

void NoticeBanner::show(State shape, const QString &title, const QString &detail)
{
    m_shape = shape;
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(detail.isEmpty() ? title : title + u". "_s + detail);
    update();
}

void NoticeBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    theme::paintStateSurface(painter, rect(), 0, look, State::Warning);
    theme::StatePainter(look).paint(painter, m_shape, QRectF(16, height() / 2.0 - 10, 20, 20),
                                    look.color(m_shape == State::Stale ? theme::Token::Text2 : theme::Token::Warning));
    theme::paintHairline(painter, QPointF(0, height() - 1), width(), Qt::Horizontal, look.color(theme::Token::Line));
}

} // namespace atalaya::common

#include "moc_notice_banner.cpp"
