// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/base/time_range.h"
#include "models/metrics/series.h"

#include <QtWidgets/QWidget>

namespace atalaya::alerts {

/// What an alert was over a stretch of time, in equal buckets: the worse of pending and firing wins a bucket.
struct AlertHistory
{
    TimeRange range{};
    QList<AlertState> buckets; ///< Pending and Firing; quiet buckets are not in here
    QList<int> places;         ///< index of each of `buckets`
    int bucketCount = 48;
    int timesFired = 0;
    Milliseconds firing{}; ///< all firing together

    bool operator==(const AlertHistory &) const = default;
};

/// From the ALERTS series of one rule. Only series whose labels the alert has too count: a server adds its external
/// labels on the way to an Alertmanager, never the other way round.
AlertHistory historyOf(const std::vector<metrics::Series> &series, const Alert &alert, const TimeRange &range,
                       Milliseconds step);

/// "fired 2 times, 9 min in all".
QString historyText(const AlertHistory &history);

/// The history as a strip of buckets: pending is half as high as firing, quiet a hairline.
class AlertHistoryStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit AlertHistoryStrip(QWidget *parent = nullptr);
    void show(const AlertHistory &history);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    AlertHistory m_history;
};

} // namespace atalaya::alerts
