// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/source_popover.h"

#include "models/base/time_text.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

QString freshnessSentence(const refresh::SourceStatus &source, Timestamp now)
{
    switch (source.freshness) {
    case Freshness::Waiting:
        return SourcePopover::tr("is asked for the first time");
    case Freshness::Live:
        return SourcePopover::tr("is live, answered %1 ago").arg(ageText(now - source.lastGood));
    case Freshness::Stale:
        return SourcePopover::tr("is stale, last good answer %1 ago").arg(ageText(now - source.lastGood));
    case Freshness::Unreachable:
        break;
    }
    return source.lastGood == Timestamp{}
               ? SourcePopover::tr("has never answered")
               : SourcePopover::tr("is unreachable, last good answer %1 ago").arg(ageText(now - source.lastGood));
}

SourcePopover::SourcePopover(QWidget *parent) : QFrame(parent, Qt::Popup), m_layout(new QVBoxLayout(this))
{
    setObjectName(u"sourcePopover"_s);
    setProperty("surface", u"raised"_s);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Source"));
    m_layout->setContentsMargins(16, 12, 16, 12);
}

void SourcePopover::openBelow(QWidget *anchor, const QList<refresh::SourceStatus> &sources, Timestamp now,
                              const QTimeZone &zone)
{
    delete m_content;
    m_content = new QWidget(this);
    auto *rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    const auto text = [&](const QString &words, const QString &tone) {
        QLabel *label = common::textLabel(tone, theme::font(), m_content, words);
        label->setFixedWidth(360);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        rows->addWidget(label);
        return label;
    };
    for (const refresh::SourceStatus &source : sources) {
        if (rows->count() > 0)
            rows->addSpacing(8);
        const bool live = source.freshness == Freshness::Live;
        QLabel *title = text(u"%1 %2"_s.arg(source.name, freshnessSentence(source, now)), live ? u"1"_s : u"warning"_s);
        title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
        if (!source.words.isEmpty())
            text(source.words, u"2"_s);
        if (source.failingSince != Timestamp{})
            text(tr("Failing since %1").arg(whenText(source.failingSince, now, zone)), u"2"_s);
        if (source.error) {
            QLabel *error = text(sentenceFor(*source.error), u"2"_s);
            error->setObjectName(u"sourceError"_s);
            if (!source.error->serverWords.isEmpty())
                text(source.error->serverWords.left(600), u"1"_s)->setFont(theme::monoFont());
        } else {
            text(live ? tr("No error.") : tr("Nothing was said about why."), u"3"_s);
        }
        text(tr("Asked every %1").arg(durationText(source.interval)), u"3"_s)
            ->setFont(theme::font(theme::TextSize::Small));
    }
    auto *again =
        new QPushButton(theme::icon(theme::Icon::Refresh, theme::Token::Text1), tr("Ask everything now"), m_content);
    again->setObjectName(u"askNow"_s);
    again->setIconSize(QSize(22, 16));
    again->setToolTip(tr("Ask every source now (F5)"));
    connect(again, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT tryNowRequested();
    });
    rows->addSpacing(8);
    rows->addWidget(again, 0, Qt::AlignLeft);
    m_layout->addWidget(m_content);
    m_content->show();
    adjustSize();
    QPoint corner = anchor->mapToGlobal(QPoint(0, anchor->height() + 6));
    const int limit = anchor->window()->mapToGlobal(QPoint(anchor->window()->width() - 8, 0)).x();
    corner.setX(std::min(corner.x(), limit - width()));
    move(corner);
    show();
    again->setFocus(Qt::PopupFocusReason);
}

} // namespace atalaya::shell

#include "moc_source_popover.cpp"
