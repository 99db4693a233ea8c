// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace atalaya::fleet::test {

/// Alert rules computed from scraped samples as Prometheus would, so that what an incident causes can be checked
/// without one. A scrape that fails ends the target's series.
class RuleWatch
{
public:
    /// Judges every rule of a system, once.
    using Rules = std::function<void(RuleWatch &watch, Seconds at)>;
    static constexpr Seconds usualWindow{300};
    static constexpr Seconds longestWindow{3600};

    explicit RuleWatch(Rules rules) : m_rules(std::move(rules)) {}

    /// One scrape of one target: series -> value, empty where it failed.
    void scrape(const std::string &target, Seconds at, const std::map<std::string, double> &samples);
    void evaluate(Seconds at);

    const std::set<std::string> &firing() const { return m_firing; }
    const std::set<std::string> &pending() const { return m_pending; }
    /// Every alert that fired since the last `forget`, and when it first did.
    const std::map<std::string, Seconds> &everFired() const { return m_everFired; }
    /// Alerts that stopped firing since the last `forget`.
    const std::set<std::string> &resolved() const { return m_resolved; }
    void forget();

    // For rules.
    /// The increase of every series of that name within the window, with its labels.
    std::vector<std::pair<std::string, double>> increases(const std::string &name, Seconds window = usualWindow) const;
    /// Of all whose labels contain `part`, together.
    double increase(const std::string &name, const std::string &part = {}, Seconds window = usualWindow) const;
    /// histogram_quantile over all series of `name`_bucket; NaN where nothing was observed.
    double quantile(double share, const std::string &name) const;
    /// The last value of every living series of that name, by target and series.
    std::map<std::string, double> values(const std::string &name) const;
    double highest(const std::string &name, const std::string &part = {}) const;
    const std::map<std::string, bool> &up() const { return m_up; }
    void judge(const std::string &alert, const std::string &key, bool holds, Seconds mustHold, Seconds at);

private:
    struct Sample
    {
        Seconds at;
        double value;
    };
    struct Series
    {
        std::deque<Sample> samples;
        bool isLive = false;
    };

    template <typename Use>
    void forEachSeries(const std::string &name, const Use &use) const;

    Rules m_rules;
    Seconds m_now{0};
    std::map<std::string, std::map<std::string, Series>> m_targets;
    std::map<std::string, bool> m_up;
    std::map<std::string, Seconds> m_since; ///< by alert and labels
    std::set<std::string> m_judged;         ///< those that hold in this evaluation
    std::set<std::string> m_firing;
    std::set<std::string> m_pending;
    std::map<std::string, Seconds> m_everFired;
    std::set<std::string> m_resolved;
};

/// The value of a label in a series as /metrics writes it; empty where it has none.
std::string labelIn(const std::string &series, const std::string &label);

/// The eleven rules of ai-proveedores.
void judgeProveedores(RuleWatch &watch, Seconds at);
/// The twenty-eight rules of Anclora; a target called "node ..." is its machine's.
void judgeAnclora(RuleWatch &watch, Seconds at);

} // namespace atalaya::fleet::test
