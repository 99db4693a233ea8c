// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/verdict_header.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"

#include <QtCore/QEvent>
#include <QtCore/QRegularExpression>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

VerdictHeader::VerdictHeader(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_alerts(new QPushButton(tr("Open alerts"), this))
{
    setObjectName(u"verdictHeader"_s);
    m_sentence->setObjectName(u"verdictSentence"_s);
    m_sentence->setMinimumWidth(0);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_detail->setObjectName(u"verdictDetail"_s);
    m_detail->setTextFormat(Qt::RichText);
    m_detail->setMinimumWidth(0);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_alerts->setObjectName(u"openAlerts"_s);
    m_alerts->setIcon(theme::icon(theme::Icon::Alerts, theme::Token::Text1));
    m_alerts->setIconSize(QSize(22, 16));
    m_alerts->setToolTip(tr("Show every alert (Alt+4)"));

    auto *words = new QVBoxLayout;
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_detail);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(40, 0, 0, 0);
    layout->setSpacing(16);
    layout->addLayout(words, 1);
    layout->addWidget(m_alerts, 0, Qt::AlignVCenter);
    connect(m_alerts, &QPushButton::clicked, this, &VerdictHeader::alertsRequested);
}

void VerdictHeader::show(const Verdict &verdict)
{
    m_verdict = verdict;
    m_sentence->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_sentence->setText(verdict.sentence);
    m_sentence->setToolTip(verdict.sentence);
    writeDetail();
    update();
}

void VerdictHeader::setNarrow(bool narrow)
{
    m_alerts->setVisible(!narrow);
}

void VerdictHeader::writeDetail()
{
    m_detail->setFont(theme::font(theme::TextSize::Small));
    const theme::Theme &look = theme::themeOf(this);
    // Times and the shared cause are what the eye looks for; the sentence itself comes finished from the store.
    static const QRegularExpression weighty(u"(\\d\\d:\\d\\d:\\d\\d|(?<=share )[^.,]+)"_s);
    QString detail = m_verdict.detail.toHtmlEscaped();
    detail.replace(weighty, u"<span style=\"font-weight:600\">\\1</span>"_s);
    QString html = u"<span style=\"color:%1\">%2</span>"_s.arg(look.color(theme::Token::Text2).name(), detail);
    if (!m_verdict.silent.isEmpty())
        html += u" <span style=\"color:%1\">%2</span>"_s.arg(look.color(theme::Token::Warning).name(),
                                                             m_verdict.silent.toHtmlEscaped());
    m_detail->setText(html);
    m_detail->setToolTip(m_verdict.detail + (m_verdict.silent.isEmpty() ? QString() : u' ' + m_verdict.silent));
    m_detail->setAccessibleName(m_detail->toolTip());
}

void VerdictHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::StatePainter(theme::themeOf(this))
        .paint(painter, m_verdict.worst, QRectF(0, m_sentence->geometry().center().y() - 11, 24, 24));
}

void VerdictHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        writeDetail();
}

} // namespace atalaya::overview

#include "moc_verdict_header.cpp"
