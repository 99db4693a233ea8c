// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/empty_notice.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/state_painter.h"

#include <QtGui/QPainter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

EmptyNotice::EmptyNotice(QWidget *parent)
    : QWidget(parent), m_sentence(new QLabel(this)), m_why(new QLabel(this)), m_action(new QPushButton(this))
{
    m_sentence->setObjectName(u"emptySentence"_s);
    m_sentence->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_why->setObjectName(u"emptyWhy"_s);
    m_why->setProperty("tone", u"2"_s);
    m_why->setTextFormat(Qt::PlainText);
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

} // namespace atalaya::common

#include "moc_empty_notice.cpp"
