// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_notice.h"

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

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

NoticeBanner::NoticeBanner(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_detail(new QLabel(this)), m_action(new QPushButton(this))
{
    m_title->setObjectName(u"noticeTitle"_s);
    m_title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    m_title->setWordWrap(true);
    m_detail->setObjectName(u"noticeDetail"_s);
    m_detail->setProperty("tone", u"2"_s);
    m_detail->setWordWrap(true);
    m_action->setObjectName(u"noticeAction"_s);
    m_action->setProperty("role", u"outline"_s);
    m_action->setIcon(theme::icon(theme::Icon::Refresh, theme::Token::Text1));
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

void NoticeBanner::setAction(const QString &text, const QString &toolTip)
{
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
    setAccessibleName(title + u". "_s + detail);
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

EmptyNotice::EmptyNotice(QWidget *parent)
    : QWidget(parent), m_sentence(new QLabel(this)), m_why(new QLabel(this)), m_action(new QPushButton(this))
{
    m_sentence->setObjectName(u"emptySentence"_s);
    m_sentence->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_sentence->setWordWrap(true);
    m_why->setObjectName(u"emptyWhy"_s);
    m_why->setProperty("tone", u"2"_s);
    m_why->setWordWrap(true);
    m_action->setObjectName(u"emptyAction"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(56, 28, 32, 28);
    layout->setSpacing(6);
    layout->addWidget(m_sentence);
    layout->addWidget(m_why);
    layout->addSpacing(8);
    layout->addWidget(m_action, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_action, &QPushButton::clicked, this, &EmptyNotice::actionRequested);
}

void EmptyNotice::show(State shape, const QString &sentence, const QString &why, const QString &action)
{
    m_shape = shape;
    m_sentence->setText(sentence);
    m_why->setText(why);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    update();
}

void EmptyNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::StatePainter(theme::themeOf(this))
        .paint(painter, m_shape, QRectF(20, m_sentence->geometry().center().y() - 11, 24, 24));
}

} // namespace atalaya::alerts
