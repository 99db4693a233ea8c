// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/source_banner.h"

#include "widgets/common/buttons.h"
#include "widgets/common/elide_label.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

SourceBanner::SourceBanner(QWidget *parent)
    : QWidget(parent)
    , m_headline(textLabel({}, theme::TextSize::Body, QFont::DemiBold))
    , m_words(new ElideLabel)
    , m_tryNow(button(tr("Try now"), ButtonRole::Outline, theme::Icon::Refresh))
{
    m_words->setToken(theme::Token::Text2);
    m_headline->setObjectName(u"bannerHeadline"_s);
    m_words->setObjectName(u"bannerWords"_s);
    m_tryNow->setObjectName(u"tryNow"_s);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_headline);
    texts->addWidget(m_words);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(48, 10, 16, 10);
    layout->setSpacing(16);
    layout->addLayout(texts, 1);
    layout->addWidget(m_tryNow, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_tryNow, &QPushButton::clicked, this, &SourceBanner::tryNowRequested);
}

void SourceBanner::setText(const QString &headline, const QString &words)
{
    m_headline->setText(headline);
    m_words->setText(words);
    setAccessibleName(headline + u' ' + words);
}

void SourceBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    if (theme.isHighContrast())
        theme::paintStateSurface(painter, rect(), 0, theme, State::Warning);
    else
        painter.fillRect(rect(), theme.background(State::Warning));
    theme::paintHairline(painter, {0, height() - 1.0}, width(), Qt::Horizontal, theme.color(theme::Token::Line));
    theme::StatePainter(theme).paint(painter, State::Stale, QRectF(14, height() / 2.0 - 10, 20, 20));
}

} // namespace atalaya::common
