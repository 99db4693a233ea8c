// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/dashboards/queue_dashboard.h"

using namespace Qt::Literals::StringLiterals;

namespace atalaya::test {

namespace {

dashboards::Panel panel(int id, const QString &title, dashboards::PanelType type, const QRect &grid,
                        const QString &unit, const QList<std::pair<QString, QString>> &queries)
{
    dashboards::Panel made;
    made.id = id;
    made.title = title;
    made.type = type;
    made.grid = grid;
    made.unit = unit;
    char ref = 'A';
    for (const auto &[expr, legend] : queries) {
        dashboards::Target target;
        target.refId = QString(QLatin1Char(ref++));
        target.expr = expr;
        target.legend = legend;
        made.targets.append(target);
    }
    return made;
}

} // namespace

dashboards::Dashboard queueDashboard()
{
    using dashboards::PanelType;
    dashboards::Dashboard queue;
    queue.uid = u"queue-dashboard"_s;
    queue.title = u"Queue"_s;
    queue.file = u":/dashboards/queue-dashboard.json"_s;
    queue.system = u"anclora"_s;
    queue.panels = {
        panel(1, u"Bulk operations"_s, PanelType::Stat, {0, 0, 6, 3}, u"short"_s,
              {{u"sum(increase(anclora_queue_bulk_operations_total[24h]))"_s, u"last 24 h"_s}}),
        panel(2, u"DLQ messages"_s, PanelType::Stat, {6, 0, 6, 3}, u"short"_s,
              {{u"max(anclora_queue_dlq_messages)"_s, u"limit 1,000"_s}}),
        panel(3, u"Avg processing time"_s, PanelType::Stat, {12, 0, 6, 3}, u"s"_s,
              {{u"sum(rate(anclora_queue_processing_duration_seconds_sum[5m]))"_s, u"5 min mean"_s}}),
        panel(4, u"Total messages today"_s, PanelType::Stat, {18, 0, 6, 3}, u"short"_s,
              {{u"today"_s, u"since 00:00 UTC"_s}}),
        panel(5, u"Throughput"_s, PanelType::TimeSeries, {0, 3, 8, 8}, u"ops"_s,
              {{u"sum by (message_type) (rate(anclora_queue_messages_total[5m]))"_s, u"enqueued {{message_type}}"_s},
               {u"sum by (message_type) (rate(anclora_queue_messages_processed_total[5m]))"_s,
                u"processed {{message_type}}"_s}}),
        panel(
            6, u"Latency P95"_s, PanelType::TimeSeries, {8, 3, 8, 8}, u"s"_s,
            {{u"histogram_quantile(0.95, sum by (le, message_type) (rate(anclora_queue_processing_duration_seconds_bucket[5m])))"_s,
              u"{{message_type}}"_s}}),
        panel(7, u"Queue depth"_s, PanelType::TimeSeries, {16, 3, 8, 8}, u"short"_s,
              {{u"max by (priority) (anclora_queue_waiting_messages)"_s, u"waiting {{priority}}"_s},
               {u"max(anclora_queue_active_messages)"_s, u"active"_s},
               {u"max(anclora_queue_dlq_messages)"_s, u"dlq"_s}}),
        panel(8, u"Success vs failed messages"_s, PanelType::TimeSeries, {0, 11, 8, 8}, u"ops"_s,
              {{u"sum(rate(anclora_queue_messages_processed_total[5m]))"_s, u"success"_s},
               {u"sum(rate(anclora_queue_messages_failed_total[5m]))"_s, u"failed"_s}}),
        panel(9, u"Error rate percentage"_s, PanelType::TimeSeries, {8, 11, 8, 8}, u"percent"_s,
              {{u"100 * sum(rate(anclora_queue_messages_failed_total[5m]))"_s, u"error rate"_s}}),
        panel(10, u"Processing duration"_s, PanelType::Heatmap, {16, 11, 8, 8}, u"short"_s,
              {{u"sum by (le) (increase(anclora_queue_processing_duration_seconds_bucket[5m]))"_s, u"{{le}}"_s}}),
    };
    queue.panels[8].thresholds = {{0, u"green"_s, true}, {1, u"orange"_s, false}, {5, u"red"_s, false}};
    queue.panels[8].minimum = 0;
    queue.panels[7].filled = true;
    return queue;
}

} // namespace atalaya::test
