// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace atalaya::fleet::test {

/// The eleven rules of ai-proveedores, computed here from scraped samples as Prometheus would, so that what an incident
/// causes can be checked without one. Windows of 5 minutes; a scrape that fails ends the target's series.
class RuleWatch
{
public:
    /// One scrape of one instance: series -> value, empty where it failed.
    void scrape(const std::string &instance, Seconds at, const std::map<std::string, double> &samples);
    void evaluate(Seconds at);

    const std::set<std::string> &firing() const { return m_firing; }
    const std::set<std::string> &pending() const { return m_pending; }
    /// Every alert that fired since the last `forget`, and when it first did.
    const std::map<std::string, Seconds> &everFired() const { return m_everFired; }
    /// Alerts that stopped firing since the last `forget`.
    const std::set<std::string> &resolved() const { return m_resolved; }
    void forget();

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

    /// The increase of every series of that name within the window, with its labels.
    std::vector<std::pair<std::string, double>> increases(const std::string &name) const;
    double increase(const std::string &name, const std::string &part) const;
    double quantile95() const;
    void judge(const std::string &alert, const std::string &key, bool holds, Seconds mustHold, Seconds at);

    std::map<std::string, std::map<std::string, Series>> m_targets;
    std::map<std::string, bool> m_up;
    std::map<std::string, Seconds> m_since; ///< by alert and labels
    std::set<std::string> m_firing;
    std::set<std::string> m_pending;
    std::map<std::string, Seconds> m_everFired;
    std::set<std::string> m_resolved;
};

} // namespace atalaya::fleet::test
