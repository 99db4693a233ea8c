// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"
#include "models/base/time_range.h"
#include "models/http/transport.h"
#include "models/metrics/series.h"
#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"

#include <QtCore/QObject>

#include <memory>

namespace atalaya::metrics {

enum class QueryId : quint64
{
};
inline size_t qHash(QueryId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

struct Query
{
    enum class Kind
    {
        Instant,
        Range
    };
    QString source; ///< name of a Prometheus
    QString expr;   ///< may use $__interval, $__rate_interval, $__range (replaced for the step and range asked)
    Kind kind = Kind::Range;
    int columns = 120; ///< pixel columns it is drawn over; decides the step of a range

    bool operator==(const Query &) const = default;
};

/// Holds the answers of every query that somebody looks at, and asks only for the part of a range that it lacks. Equal
/// queries share one request. On failure the last good data stays, with its age.
class MetricStore final : public QObject
{
    Q_OBJECT
public:
    MetricStore(const workspace::Environment &environment, http::Transport &transport,
                workspace::EndpointResolver &resolver, refresh::RefreshSchedule &schedule,
                refresh::SourceMonitor &monitor, const Clock &clock, QObject *parent = nullptr);
    ~MetricStore() override;

    /// Starts asking (at once) until `unsubscribe`. Unknown source: the snapshot carries the error.
    QueryId subscribe(const Query &query);
    void unsubscribe(QueryId id);
    /// Queries of hidden pages are not asked; those of the shown page are.
    void setVisible(QueryId id, bool visible);

    Snapshot<QueryResult> snapshot(QueryId id) const;
    /// The range and step the snapshot was asked for.
    TimeRange range() const;
    Milliseconds step(QueryId id) const;

    /// Trailing window ("last 1 hour", follows the clock) or a fixed range. Asks all visible queries anew.
    void showLast(Milliseconds length);
    void showRange(const TimeRange &range);
    bool isTrailing() const;
    Milliseconds trailingLength() const;
    /// How often visible queries are asked; never faster than their source's scrape interval.
    void setInterval(Milliseconds interval);
    Milliseconds interval() const;

    /// One answer out of band, for verbs and dialogs.
    Pending<QueryResult> fetchOnce(const QString &source, const QString &expr, Timestamp at);
    Pending<QueryResult> fetchRangeOnce(const QString &source, const QString &expr, const TimeRange &range,
                                        Milliseconds step);

Q_SIGNALS:
    void changed(atalaya::metrics::QueryId id);
    void rangeChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::metrics
