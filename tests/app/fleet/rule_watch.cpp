// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/rule_watch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace atalaya::fleet::test {

std::string labelIn(const std::string &series, const std::string &label)
{
    const auto at = series.find(label + "=\"");
    if (at == std::string::npos)
        return {};
    const auto begin = at + label.size() + 2;
    return series.substr(begin, series.find('"', begin) - begin);
}

void RuleWatch::scrape(const std::string &target, Seconds at, const std::map<std::string, double> &samples)
{
    m_now = at;
    m_up[target] = !samples.empty();
    auto &series = m_targets[target];
    for (auto &[name, kept] : series)
        kept.isLive = samples.contains(name);
    for (const auto &[name, value] : samples) {
        Series &kept = series[name];
        kept.isLive = true;
        kept.samples.push_back({at, value});
    }
    for (auto &[name, kept] : series) {
        while (!kept.samples.empty() && kept.samples.front().at <= at - longestWindow)
            kept.samples.pop_front();
    }
}

template <typename Use>
void RuleWatch::forEachSeries(const std::string &name, const Use &use) const
{
    for (const auto &[target, series] : m_targets) {
        for (auto it = series.lower_bound(name); it != series.end() && it->first.starts_with(name); ++it) {
            if (it->first.size() == name.size() || it->first[name.size()] == '{')
                use(target, it->first, it->second);
        }
    }
}

std::vector<std::pair<std::string, double>> RuleWatch::increases(const std::string &name, Seconds window) const
{
    std::vector<std::pair<std::string, double>> found;
    forEachSeries(name, [&](const std::string &, const std::string &labels, const Series &series) {
        auto sample = std::ranges::upper_bound(series.samples, m_now - window, {}, &Sample::at);
        if (series.samples.end() - sample < 2)
            return;
        double sum = 0;
        for (double before = (sample++)->value; sample != series.samples.end(); before = (sample++)->value)
            sum += sample->value >= before ? sample->value - before : sample->value;
        found.emplace_back(labels, sum);
    });
    return found;
}

double RuleWatch::increase(const std::string &name, const std::string &part, Seconds window) const
{
    double sum = 0;
    for (const auto &[series, value] : increases(name, window)) {
        if (series.find(part) != std::string::npos)
            sum += value;
    }
    return sum;
}

double RuleWatch::quantile(double share, const std::string &name) const
{
    std::map<double, double> buckets;
    for (const auto &[series, value] : increases(name + "_bucket")) {
        const std::string le = labelIn(series, "le");
        buckets[le == "+Inf" ? std::numeric_limits<double>::infinity() : std::stod(le)] += value;
    }
    if (buckets.empty() || buckets.rbegin()->second <= 0)
        return std::nan("");
    const double rank = share * buckets.rbegin()->second;
    double lowerBound = 0;
    double lowerCount = 0;
    for (const auto &[bound, count] : buckets) {
        if (count >= rank) {
            if (std::isinf(bound))
                return lowerBound;
            return lowerBound + (bound - lowerBound) * (rank - lowerCount) / (count - lowerCount);
        }
        lowerBound = bound;
        lowerCount = count;
    }
    return lowerBound;
}

std::map<std::string, double> RuleWatch::values(const std::string &name) const
{
    std::map<std::string, double> found;
    forEachSeries(name, [&](const std::string &target, const std::string &labels, const Series &series) {
        if (series.isLive && !series.samples.empty())
            found[target + ' ' + labels] = series.samples.back().value;
    });
    return found;
}

double RuleWatch::highest(const std::string &name, const std::string &part) const
{
    double found = std::nan("");
    for (const auto &[series, value] : values(name)) {
        if (series.find(part) != std::string::npos)
            found = std::fmax(found, value);
    }
    return found;
}

void RuleWatch::evaluate(Seconds at)
{
    const std::set<std::string> before = m_firing;
    m_firing.clear();
    m_pending.clear();
    m_judged.clear();
    m_rules(*this, at);
    // What has no series any more is not pending.
    std::erase_if(m_since, [&](const auto &entry) { return !m_judged.contains(entry.first); });
    for (const std::string &alert : m_firing)
        m_everFired.emplace(alert, at);
    for (const std::string &alert : before) {
        if (!m_firing.contains(alert))
            m_resolved.insert(alert);
    }
}

void RuleWatch::judge(const std::string &alert, const std::string &key, bool holds, Seconds mustHold, Seconds at)
{
    if (!holds)
        return;
    const std::string id = alert + '|' + key;
    m_judged.insert(id);
    const Seconds since = m_since.emplace(id, at).first->second;
    (at - since >= mustHold ? m_firing : m_pending).insert(alert);
}

void RuleWatch::forget()
{
    m_everFired.clear();
    m_resolved.clear();
}

} // namespace atalaya::fleet::test
