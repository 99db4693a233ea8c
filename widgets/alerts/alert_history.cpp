// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_history.h"

#include "models/base/time_text.h"
#include "widgets/theme/theme.h"

#include <QtCore/QMap>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

bool belongsTo(const Labels &series, const Alert &alert)
{
    for (const auto &[name, value] : series) {
        if (name == u"__name__" || name == u"alertstate")
            continue;
        if (labelValue(alert.labels, name) != value)
            return false;
    }
    return true;
}

} // namespace

AlertHistory historyOf(const std::vector<metrics::Series> &series, const Alert &alert, const TimeRange &range,
                       Milliseconds step)
{
    AlertHistory history;
    history.range = range;
    const Milliseconds bucket = std::max(range.length() / history.bucketCount, Milliseconds(1));
    QMap<int, AlertState> worst;
    // One rule may have been firing in several series with these labels (a label that changed): their times are joined.
    std::set<std::int64_t> firingAt;
    for (const metrics::Series &one : series) {
        if (!belongsTo(one.labels, alert))
            continue;
        const bool firing = labelValue(one.labels, u"alertstate"_s) == u"firing";
        for (const std::int64_t time : one.times) {
            const Timestamp at{Milliseconds(time)};
            if (!range.contains(at))
                continue;
            const int place = std::min<int>(history.bucketCount - 1, static_cast<int>((at - range.from) / bucket));
            if (firing)
                worst[place] = AlertState::Firing;
            else if (!worst.contains(place))
                worst.insert(place, AlertState::Pending);
            if (firing)
                firingAt.insert(time);
        }
    }
    for (auto it = worst.cbegin(); it != worst.cend(); ++it) {
        history.places.append(it.key());
        history.buckets.append(it.value());
    }
    std::int64_t last = 0;
    for (const std::int64_t time : firingAt) {
        if (last == 0 || time - last > 3 * step.count() / 2)
            ++history.timesFired;
        last = time;
    }
    history.firing = step * static_cast<std::int64_t>(firingAt.size());
    return history;
}

QString historyText(const AlertHistory &history)
{
    if (history.timesFired == 0)
        return history.buckets.isEmpty() ? AlertHistoryStrip::tr("quiet at every 5 min step")
                                         : AlertHistoryStrip::tr("was pending, never fired");
    const auto minutes =
        std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::minutes>(history.firing).count());
    const QString length =
        minutes < 120 ? AlertHistoryStrip::tr("%1 min").arg(minutes) : AlertHistoryStrip::tr("%1 h").arg(minutes / 60);
    return history.timesFired == 1
               ? AlertHistoryStrip::tr("fired once, for %1").arg(length)
               : AlertHistoryStrip::tr("fired %1 times, %2 in all").arg(history.timesFired).arg(length);
}

AlertHistoryStrip::AlertHistoryStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"alertHistory"_s);
    setFixedHeight(20);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AlertHistoryStrip::show(const AlertHistory &history)
{
    if (history == m_history)
        return;
    m_history = history;
    setAccessibleName(historyText(history));
    setToolTip(historyText(history));
    update();
}

QSize AlertHistoryStrip::sizeHint() const
{
    return {240, 20};
}

void AlertHistoryStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const int count = std::max(1, m_history.bucketCount);
    const qreal step = static_cast<qreal>(width()) / count;
    for (int i = 0; i < count; ++i) {
        const auto at = m_history.places.indexOf(i);
        const bool firing = at >= 0 && m_history.buckets.at(at) == AlertState::Firing;
        const qreal bar = at < 0 ? 3 : firing ? height() : height() * 0.55;
        const QColor color =
            at < 0 ? look.color(theme::Token::Line) : look.color(firing ? State::Critical : State::Pending);
        const qreal left = std::round(i * step);
        painter.fillRect(QRectF(left, height() - bar, std::max(2.0, std::round((i + 1) * step) - left - 2), bar),
                         color);
    }
}

} // namespace atalaya::alerts

#include "moc_alert_history.cpp"
