// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dashboards/dashboard.h"
#include "models/dashboards/variable_values.h"
#include "models/metrics/metric_store.h"

#include <QtCore/QObject>

namespace atalaya::dashboards {

/// The queries of one panel at the metric store: subscribed while the panel exists, asked only while it is in view.
class PanelQueries final : public QObject
{
    Q_OBJECT
public:
    PanelQueries(const Panel &panel, metrics::MetricStore &store, QObject *parent = nullptr);
    ~PanelQueries() override;

    struct Answer
    {
        Target target;
        metrics::Query query;
        Snapshot<metrics::QueryResult> snapshot;
        Milliseconds step{};
    };

    /// Subscribes anew where something differs; equal queries keep their answers.
    void ask(const QString &source, const VariableChoices &choices, int columns);
    void setVisible(bool visible);
    QList<Answer> answers() const;
    bool isAsking() const { return !m_subscriptions.isEmpty(); }
    /// Every query has answered or failed at least once.
    bool isSettled() const;

    /// Whether this kind of panel reads one value each or a range.
    static metrics::Query::Kind kindFor(const Panel &panel, const Target &target);

Q_SIGNALS:
    void changed();

private:
    struct Subscription
    {
        Target target;
        metrics::Query query;
        metrics::QueryId id{};
    };
    void onStoreChanged(metrics::QueryId id);

    const Panel m_panel;
    metrics::MetricStore &m_store;
    QList<Subscription> m_subscriptions;
    bool m_visible = false;
};

} // namespace atalaya::dashboards
