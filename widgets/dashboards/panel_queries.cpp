// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/panel_queries.h"

#include <algorithm>

namespace atalaya::dashboards {

PanelQueries::PanelQueries(const Panel &panel, metrics::MetricStore &store, QObject *parent)
    : QObject(parent), m_panel(panel), m_store(store)
{
    connect(&m_store, &metrics::MetricStore::changed, this, &PanelQueries::onStoreChanged);
}

PanelQueries::~PanelQueries()
{
    for (const Subscription &subscription : std::as_const(m_subscriptions))
        m_store.unsubscribe(subscription.id);
}

metrics::Query::Kind PanelQueries::kindFor(const Panel &panel, const Target &target)
{
    if (panel.type == PanelType::Table)
        return metrics::Query::Kind::Instant;
    // A stat keeps its range even where the file says "instant": the line beside the figure shows where it comes from.
    if (panel.type == PanelType::Gauge && target.instant)
        return metrics::Query::Kind::Instant;
    return metrics::Query::Kind::Range;
}

void PanelQueries::ask(const QString &source, const VariableChoices &choices, int columns)
{
    QList<Subscription> wanted;
    for (const Target &target : m_panel.targets) {
        if (target.hidden || target.expr.trimmed().isEmpty())
            continue;
        metrics::Query query;
        query.source = source;
        query.expr = withVariables(target.expr, choices);
        query.kind = kindFor(m_panel, target);
        query.columns = columns;
        wanted.append({target, query, {}});
    }
    const bool same = std::equal(
        wanted.cbegin(), wanted.cend(), m_subscriptions.cbegin(), m_subscriptions.cend(),
        [](const Subscription &a, const Subscription &b) { return a.target == b.target && a.query == b.query; });
    if (same)
        return;
    // The new ones first: where a query is equal, the store keeps its answer because somebody still holds it.
    for (Subscription &subscription : wanted) {
        subscription.id = m_store.subscribe(subscription.query);
        m_store.setVisible(subscription.id, m_visible);
    }
    std::swap(m_subscriptions, wanted);
    for (const Subscription &old : std::as_const(wanted))
        m_store.unsubscribe(old.id);
    Q_EMIT changed();
}

void PanelQueries::setVisible(bool visible)
{
    if (m_visible == visible)
        return;
    m_visible = visible;
    for (const Subscription &subscription : std::as_const(m_subscriptions))
        m_store.setVisible(subscription.id, visible);
}

QList<PanelQueries::Answer> PanelQueries::answers() const
{
    QList<Answer> all;
    for (const Subscription &subscription : m_subscriptions)
        all.append({subscription.target, subscription.query, m_store.snapshot(subscription.id),
                    m_store.step(subscription.id)});
    return all;
}

bool PanelQueries::isSettled() const
{
    return std::all_of(m_subscriptions.cbegin(), m_subscriptions.cend(), [this](const Subscription &subscription) {
        const Snapshot<metrics::QueryResult> snapshot = m_store.snapshot(subscription.id);
        return snapshot.data || snapshot.error;
    });
}

void PanelQueries::onStoreChanged(metrics::QueryId id)
{
    const bool ours = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                                  [id](const Subscription &subscription) { return subscription.id == id; });
    if (ours)
        Q_EMIT changed();
}

} // namespace atalaya::dashboards

#include "moc_panel_queries.cpp"
