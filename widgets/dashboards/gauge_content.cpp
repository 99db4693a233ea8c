// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/gauge_content.h"

#include "models/base/quantity.h"
#include "widgets/charts/gauge_dial.h"
#include "widgets/dashboards/series_statistics.h"
#include "widgets/dashboards/stat_content.h"
#include "widgets/dashboards/threshold_state.h"

#include <QtWidgets/QLabel>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

/// Without a limit of its own a dial ends at the next round figure over what it shows.
double dialEnd(const Panel &panel, double value)
{
    if (panel.maximum)
        return *panel.maximum;
    if (panel.unit == u"percent")
        return 100;
    if (panel.unit == u"percentunit")
        return 1;
    double highest = std::isfinite(value) ? value : 1;
    for (const Threshold &threshold : panel.thresholds)
        highest = std::max(highest, threshold.value);
    return std::pow(10, std::ceil(std::log10(std::max(1e-9, highest))));
}

} // namespace

GaugeContent::GaugeContent(const Panel &panel, QWidget *parent)
    : PanelContent(parent), m_panel(panel), m_words(new QLabel(this))
{
    setObjectName(u"gaugeContent"_s);
    m_words->setProperty("tone", u"2"_s);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
}

void GaugeContent::showAnswers(const QList<PanelQueries::Answer> &answers, const PanelMoment &moment)
{
    QList<charts::GaugeView> views;
    qsizetype leftOut = 0;
    for (const PanelQueries::Answer &answer : answers) {
        if (!answer.snapshot.data)
            continue;
        for (const metrics::Series &series : answer.snapshot.data->series) {
            if (views.size() >= mostDials) {
                ++leftOut;
                continue;
            }
            charts::GaugeView view;
            view.value = reduced(series, m_panel.reducer);
            view.minimum = m_panel.minimum.value_or(0);
            view.maximum = dialEnd(m_panel, view.value.value_or(1));
            view.unit = m_panel.unit;
            for (const Threshold &threshold : m_panel.thresholds)
                view.steps.append({threshold.isBase ? view.minimum : threshold.value,
                                   stateOfThreshold(threshold.color).value_or(State::Ok)});
            std::stable_sort(view.steps.begin(), view.steps.end(),
                             [](const auto &a, const auto &b) { return a.from < b.from; });
            const QString name = legendFor(answer.target.legend, series.labels, m_panel.title);
            view.hint = name == m_panel.title || answer.snapshot.data->series.size() == 1 ? QString() : name;
            view.isStale = moment.status.kind == PanelStatus::Kind::Stale;
            views.append(view);
        }
    }
    while (m_dials.size() < views.size()) {
        auto *dial = new charts::GaugeDial(this);
        dial->setObjectName(u"dial-%1"_s.arg(m_dials.size()));
        m_dials.append(dial);
    }
    for (qsizetype i = 0; i < m_dials.size(); ++i) {
        m_dials.at(i)->setVisible(i < views.size());
        if (i < views.size())
            m_dials.at(i)->setView(views.at(i));
    }
    m_words->setVisible(views.isEmpty() || leftOut > 0);
    m_words->setText(views.isEmpty() ? insteadOfData(moment) : leftOut > 0 ? tr("%1 more").arg(leftOut) : QString());
    m_shown = views.size();
    arrange();
}

void GaugeContent::arrange()
{
    m_words->setGeometry(m_shown == 0 ? rect() : QRect(0, height() - 18, width(), 18));
    if (m_shown == 0)
        return;
    const int room = height() - (m_words->isVisibleTo(this) ? 20 : 0);
    const int columns = std::clamp(width() / 140, 1, static_cast<int>(m_shown));
    const int rows = (static_cast<int>(m_shown) + columns - 1) / columns;
    for (int i = 0; i < m_shown; ++i)
        m_dials.at(i)->setGeometry(i % columns * width() / columns, i / columns * room / rows, width() / columns,
                                   room / rows);
}

void GaugeContent::resizeEvent(QResizeEvent *event)
{
    PanelContent::resizeEvent(event);
    arrange();
}

} // namespace atalaya::dashboards

#include "moc_gauge_content.cpp"
