// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert_merge.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace atalaya::alerts {

namespace {

void addMissing(QStringList &list, const QStringList &more)
{
    for (const QString &text : more) {
        if (!list.contains(text))
            list += text;
    }
}

bool isSuperset(const Labels &labels, const Labels &subset)
{
    return std::all_of(subset.begin(), subset.end(), [&](const auto &label) {
        const auto it = labels.find(label.first);
        return it != labels.end() && it->second == label.second;
    });
}

class AlertMerge
{
public:
    void addAlertmanager(const AlertmanagerPart &part)
    {
        for (const Alert &alert : part.alerts) {
            const auto known = m_at.constFind(alert.fingerprint);
            if (known == m_at.constEnd()) {
                append(alert, part.name);
                m_isLive.append(part.isLive);
                continue;
            }
            Alert &merged = m_alerts[*known];
            const bool believed = part.isLive || !m_isLive.at(*known);
            const bool better = part.isLive && !m_isLive.at(*known);
            if (better || (believed && severityOf(alert.state) < severityOf(merged.state)))
                merged.state = alert.state;
            if (better)
                m_isLive[*known] = true;
            merged.startsAt = std::min(merged.startsAt, alert.startsAt);
            merged.activeAt = merged.startsAt;
            addMissing(merged.silencedBy, alert.silencedBy);
            addMissing(merged.inhibitedBy, alert.inhibitedBy);
            addMissing(merged.receivers, alert.receivers);
            addMissing(merged.sources, {part.name});
        }
        m_listed = m_alerts.size();
    }

    void addPrometheus(const RulePart &part)
    {
        QList<Labels> externals;
        for (const Alert &alert : part.alerts) {
            const QList<qsizetype> places = placesOf(alert, externals);
            if (places.isEmpty()) {
                append(alert, part.name);
                continue;
            }
            for (const qsizetype place : places)
                enrich(m_alerts[place], alert, part.name);
        }
    }

    QList<Alert> sorted() &&
    {
        std::stable_sort(m_alerts.begin(), m_alerts.end(), [](const Alert &a, const Alert &b) {
            const auto key = [](const Alert &alert) {
                return std::tuple(severityRank(alert.severity), stateRank(alert.state), alert.startsAt);
            };
            const auto left = key(a);
            const auto right = key(b);
            return left != right ? left < right : std::tie(a.name, a.fingerprint) < std::tie(b.name, b.fingerprint);
        });
        return std::move(m_alerts);
    }

private:
    static int severityOf(AlertState state)
    {
        return state == AlertState::Firing ? 0 : state == AlertState::Silenced ? 1 : 2;
    }
    static int stateRank(AlertState state)
    {
        switch (state) {
        case AlertState::Firing:
            return 0;
        case AlertState::Pending:
            return 1;
        case AlertState::Silenced:
            return 2;
        case AlertState::Inhibited:
            return 3;
        }
        return 3;
    }

    void append(Alert alert, const QString &source)
    {
        alert.sources = {source};
        m_at.insert(alert.fingerprint, m_alerts.size());
        m_byName[alert.name].append(m_alerts.size());
        m_alerts.append(std::move(alert));
    }

    /// The listed alerts that `alert` of one Prometheus stands for. `externals` are the label sets that this Prometheus
    /// was seen to add: they are the same for all its alerts, so the search by subset is rarely needed twice.
    QList<qsizetype> placesOf(const Alert &alert, QList<Labels> &externals)
    {
        if (const auto exact = m_at.constFind(alert.fingerprint); exact != m_at.constEnd())
            return {*exact};
        QList<qsizetype> places;
        for (const Labels &external : std::as_const(externals)) {
            Labels labels = alert.labels;
            labels.insert(external.begin(), external.end());
            if (const auto it = m_at.constFind(fingerprintOf(labels)); it != m_at.constEnd() && *it < m_listed)
                places.append(*it);
        }
        if (!places.isEmpty())
            return places;
        std::size_t fewest = std::numeric_limits<std::size_t>::max();
        const QList<qsizetype> candidates = m_byName.value(alert.name);
        for (const qsizetype place : candidates) {
            if (place >= m_listed || --m_budget < 0)
                break;
            const Labels &labels = m_alerts.at(place).labels;
            if (labels.size() > fewest || !isSuperset(labels, alert.labels))
                continue;
            if (labels.size() < fewest)
                places.clear();
            fewest = labels.size();
            places.append(place);
        }
        for (const qsizetype place : std::as_const(places)) {
            Labels external = m_alerts.at(place).labels;
            for (const auto &[name, value] : alert.labels)
                external.erase(name);
            if (!externals.contains(external))
                externals.append(external);
        }
        return places;
    }

    static void enrich(Alert &listed, const Alert &alert, const QString &source)
    {
        const bool onlyPrometheus = listed.state == AlertState::Pending;
        if (onlyPrometheus && alert.state == AlertState::Firing) {
            listed.state = AlertState::Firing;
            listed.startsAt = alert.startsAt;
            listed.firesAt.reset();
        }
        if (alert.state == AlertState::Firing || listed.state == AlertState::Pending)
            listed.activeAt = std::min(listed.activeAt, alert.activeAt);
        if (alert.state == AlertState::Pending && listed.firesAt && alert.firesAt)
            listed.firesAt = std::min(*listed.firesAt, *alert.firesAt);
        if (!listed.value || alert.state == AlertState::Firing)
            listed.value = alert.value;
        if (!listed.rule)
            listed.rule = alert.rule;
        if (listed.annotations.empty())
            listed.annotations = alert.annotations;
        addMissing(listed.sources, {source});
    }

    QList<Alert> m_alerts;
    QList<bool> m_isLive; ///< of the listed ones: a live Alertmanager said it
    QHash<QString, qsizetype> m_at;
    QHash<QString, QList<qsizetype>> m_byName;
    qsizetype m_listed = 0; ///< how many came from Alertmanagers
    int m_budget = 300'000; ///< comparisons by subset in one merge
};

} // namespace

QList<Alert> mergeAlerts(const QList<AlertmanagerPart> &alertmanagers, const QList<RulePart> &prometheuses)
{
    QSet<QString> liveClusters;
    for (const AlertmanagerPart &part : alertmanagers) {
        if (part.isLive && !part.cluster.isEmpty())
            liveClusters.insert(part.cluster);
    }
    AlertMerge merge;
    for (const AlertmanagerPart &part : alertmanagers) {
        if (part.isLive || !liveClusters.contains(part.cluster))
            merge.addAlertmanager(part);
    }
    for (const RulePart &part : prometheuses)
        merge.addPrometheus(part);
    return std::move(merge).sorted();
}

} // namespace atalaya::alerts
