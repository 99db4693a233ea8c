// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breaker_details.h"

#include "models/base/time_text.h"
#include "widgets/breakers/breaker_cell.h"
#include "widgets/breakers/breaker_facts.h"
#include "widgets/breakers/reading_box.h"
#include "widgets/common/hairline.h"
#include "widgets/common/scroll_body.h"
#include "widgets/common/side_head.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {

QLabel *smallLabel(const QString &tone, QWidget *parent)
{
    return common::textLabel(tone, theme::font(theme::TextSize::Small), parent);
}

} // namespace

class BreakerDetails::Private
{
public:
    common::SideHead *head = nullptr;
    QLabel *disagreement = nullptr, *fallback = nullptr, *error = nullptr, *lost = nullptr;
    ReadingBox *control = nullptr, *gauge = nullptr;
    common::FactRows *traffic = nullptr, *change = nullptr, *config = nullptr, *counters = nullptr;
    std::optional<BreakerId> id;
};

BreakerDetails::BreakerDetails(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);

    d->head = new common::SideHead(theme::font(theme::TextSize::Title, QFont::DemiBold), this);
    d->head->title()->setObjectName(u"breakerTitle"_s);
    d->head->subtitle()->setObjectName(u"breakerSubtitle"_s);
    connect(d->head, &common::SideHead::closeRequested, this, &BreakerDetails::closeRequested);
    outer->addWidget(d->head);
    outer->addWidget(common::hairline(this));

    auto *scroll = new QScrollArea(this);
    auto *body = new common::ScrollBody(scroll);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 12, 0, 16);
    column->setSpacing(0);
    outer->addWidget(scroll, 1);

    const auto section = [&](const QString &title, const QList<QWidget *> &content, bool last = false) {
        auto *box = new QVBoxLayout;
        box->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 12);
        box->setSpacing(8);
        box->addWidget(common::textLabel(u"1"_s, theme::font(theme::TextSize::Body, QFont::DemiBold), body, title));
        for (QWidget *widget : content)
            box->addWidget(widget);
        column->addLayout(box);
        if (!last) {
            column->addWidget(common::hairline(body));
            column->addSpacing(12);
        }
    };

    auto *pair = new QWidget(body);
    auto *pairRow = new QHBoxLayout(pair);
    pairRow->setContentsMargins({});
    pairRow->setSpacing(8);
    d->control = new ReadingBox(pair);
    d->control->setObjectName(u"controlReading"_s);
    d->gauge = new ReadingBox(pair);
    d->gauge->setObjectName(u"gaugeReading"_s);
    pairRow->addWidget(d->control);
    pairRow->addWidget(d->gauge);
    d->disagreement = smallLabel(u"warning"_s, body);
    d->disagreement->setObjectName(u"disagreement"_s);
    d->error = smallLabel(u"warning"_s, body);
    d->error->setObjectName(u"controlError"_s);
    d->error->setFont(theme::monoFont());
    d->lost = smallLabel(u"warning"_s, body);
    section(tr("What each says"), {pair, d->disagreement, d->error, d->lost});

    d->traffic = new common::FactRows(body);
    d->traffic->setObjectName(u"trafficFacts"_s);
    d->fallback = smallLabel(u"2"_s, body);
    d->fallback->setObjectName(u"fallback"_s);
    section(tr("Traffic, last minute"), {d->traffic, d->fallback});
    d->change = new common::FactRows(body);
    d->change->setObjectName(u"changeFacts"_s);
    section(tr("Last change"), {d->change});
    d->config = new common::FactRows(body);
    d->config->setObjectName(u"configFacts"_s);
    section(tr("Configuration"), {d->config});
    d->counters = new common::FactRows(body);
    d->counters->setObjectName(u"counterFacts"_s);
    section(tr("Counters"), {d->counters}, true);
    column->addStretch(1);
}

BreakerDetails::~BreakerDetails() = default;

std::optional<BreakerId> BreakerDetails::shown() const
{
    return d->id;
}

void BreakerDetails::show(const Breaker &breaker, const QList<std::pair<Timestamp, double>> &, Timestamp now,
                          const QTimeZone &zone)
{
    d->id = breaker.id;
    d->head->showSwitch(switchOf(breaker));
    d->head->title()->setText(breaker.id.name);
    QString words = breaker.shownWord();
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    if (!breaker.controlLive && !breaker.gaugeLive) {
        const auto last = breaker.lastSeen();
        words = last ? tr("Not known, last seen %1 at %2")
                           .arg(theme::switchWord(switchOf(last->first)), whenText(last->second, now, zone))
                     : tr("Not known, never read");
    } else if (breaker.since) {
        words = tr("%1 since %2").arg(words, whenText(*breaker.since, now, zone));
    }
    d->head->subtitle()->setText(tr("%1 on %2, %3").arg(words, breaker.id.instance, breaker.id.system));

    const bool differs = breaker.differs();
    const auto age = [&](Timestamp at) {
        return at == Timestamp{} ? tr("never read") : tr("%1 ago").arg(ageText(now - at));
    };
    ReadingBox::Reading control{tr("Control endpoint"), {},     {}, age(breaker.controlAt), {},
                                breaker.controlLive,    differs};
    if (breaker.control) {
        Breaker alone = breaker;
        alone.controlLive = true;
        control.glyph = switchOf(alone);
        control.word = alone.shownWord();
        control.toolTip = rfc3339(breaker.controlAt);
    }
    d->control->show(control);
    ReadingBox::Reading gauge{
        tr("Metric"),      {},     {}, age(breaker.gauge ? breaker.gauge->sampledAt : Timestamp{}), {},
        breaker.gaugeLive, differs};
    if (breaker.gauge) {
        gauge.glyph = switchOf(breaker.gauge->state);
        gauge.word =
            breaker.gauge->state == BreakerState::Unknown ? breaker.gauge->word() : theme::switchWord(gauge.glyph);
        gauge.toolTip = tr("reads %1, sampled %2").arg(breaker.gauge->number).arg(rfc3339(breaker.gauge->sampledAt));
    }
    d->gauge->show(gauge);
    d->disagreement->setVisible(differs);
    d->disagreement->setText(tr("They disagree. Callers meet what the control endpoint says; the metric may be late, "
                                "or read with the wrong encoding."));
    d->error->setVisible(!breaker.controlError.isEmpty());
    d->error->setText(breaker.controlError);
    d->lost->setVisible(breaker.tripLostAt.has_value());
    if (breaker.tripLostAt)
        d->lost->setText(
            tr("The trip was lost when the service restarted at %1.").arg(whenText(*breaker.tripLostAt, now, zone)));

    d->traffic->setFacts(trafficFacts(breaker));
    d->fallback->setText(fallbackSentence(breaker));
    d->change->setFacts(changeFacts(breaker, now, zone));
    d->config->setFacts(configFacts(breaker));
    d->counters->setFacts(counterFacts(breaker));
}

} // namespace atalaya::breakers

#include "moc_breaker_details.cpp"
