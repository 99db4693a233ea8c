// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/buttons.h"
#include "widgets/common/chip.h"
#include "widgets/common/elide_label.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/environment_band.h"
#include "widgets/common/fact_list.h"
#include "widgets/common/filter_bar.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/freshness_pill.h"
#include "widgets/common/hairline.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/panel_frame.h"
#include "widgets/common/segmented_control.h"
#include "widgets/common/side_panel.h"
#include "widgets/common/source_banner.h"
#include "widgets/common/sparkline.h"
#include "widgets/common/stat_tile.h"
#include "widgets/common/state_label.h"
#include "widgets/common/text_label.h"
#include "widgets/common/toggle_switch.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>

#include <cmath>
#include <memory>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;
using namespace common;

inline SparklineValues risingTrend(double level, double rise)
{
    SparklineValues v;
    v.to = 240;
    v.beganAt = 190;
    for (int i = 0; i <= 240; ++i) {
        v.times.push_back(i);
        v.values.push_back(level + 0.03 * level * std::sin(i * 0.7) + rise / (1 + std::exp(-(i - 200) / 3.0)));
    }
    return v;
}

inline std::unique_ptr<QWidget> tileSheet()
{
    auto sheet = std::make_unique<QWidget>();
    auto *grid = new QGridLayout(sheet.get());
    grid->setSpacing(8);
    auto *bulk = new StatTile;
    bulk->setTitle(u"Bulk operations"_s);
    bulk->setValue(412, u"short"_s);
    bulk->setHint(u"last 24 h"_s);
    bulk->setSparkline(risingTrend(400, 0));
    auto *time = new StatTile;
    time->setTitle(u"Avg processing time"_s);
    time->setValue(0.231, u"s"_s);
    time->setState(State::Warning);
    time->setHint(u"limit 200 ms"_s);
    time->setSparkline(risingTrend(0.1, 0.14));
    auto *none = new StatTile;
    none->setTitle(u"Calls"_s);
    none->setWords(u"no calls"_s);
    none->setHint(u"since 03:12:06"_s);
    auto *stale = new StatTile;
    stale->setTitle(u"Trades"_s);
    stale->setValue(3.1, u"/min"_s);
    stale->setHint(u"last good 03:05:28"_s);
    stale->setSparkline(risingTrend(3, 0));
    stale->setStale(true);
    grid->addWidget(bulk, 0, 0);
    grid->addWidget(time, 0, 1);
    grid->addWidget(none, 1, 0);
    grid->addWidget(stale, 1, 1);
    return sheet;
}

inline QWidget *rowOf(std::initializer_list<QWidget *> widgets, int gap = 8)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch(1);
    return row;
}

inline std::unique_ptr<QWidget> controlSheet()
{
    using namespace std::chrono_literals;
    auto sheet = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(sheet.get());
    column->setSpacing(10);
    auto *band = new EnvironmentBand;
    band->setReading(
        {theme::BandKind::Production, u"production"_s, true, true, u"Writes unlocked, 13:00 left"_s, u"Lock now"_s});
    const auto pill = [](const QString &name, Freshness freshness, Milliseconds age) {
        auto *result = new FreshnessPill;
        result->setReading({name, freshness, age, u"03:05:28"_s, {}});
        return result;
    };
    band->addRight(pill(u"prom-core"_s, Freshness::Live, 4s));
    band->addRight(pill(u"prom-p2p"_s, Freshness::Stale, 4min));
    column->addWidget(band);
    column->addWidget(rowOf({pill(u"prom-core"_s, Freshness::Live, 4s), pill(u"prom-p2p"_s, Freshness::Stale, 4min),
                             pill(u"am-core"_s, Freshness::Unreachable, 0s), pill(u"loki"_s, Freshness::Waiting, 0s)}));
    auto *range = new DropButton;
    range->setValue(u"Last 1 hour"_s, u"02:10 to 03:10"_s);
    auto *group = new DropButton(u"Group"_s);
    group->setValue(u"system"_s);
    column->addWidget(
        rowOf({range, group, iconButton(theme::Icon::Back, u"Back"_s), iconButton(theme::Icon::ZoomOut, u"Zoom out"_s),
               iconButton(theme::Icon::Pause, u"Pause"_s),
               button(u"Open alerts"_s, ButtonRole::Normal, theme::Icon::Alerts)}));
    auto *disabled = button(u"Runbook"_s, ButtonRole::Normal, theme::Icon::Book);
    setEnabledBecause(disabled, false, u"The rule names no runbook"_s);
    column->addWidget(
        rowOf({button(u"Silence 7 alerts for 1 h"_s, ButtonRole::Primary),
               button(u"Trip on 3 instances"_s, ButtonRole::Danger), button(u"Cancel"_s, ButtonRole::Outline),
               button(u"Copy as curl"_s, ButtonRole::Quiet, theme::Icon::Copy),
               button(u"Open in Explore"_s, ButtonRole::Link), disabled}));
    const auto toggle = [](ToggleValue value, bool enabled = true) {
        auto *result = new ToggleSwitch;
        result->setValue(value);
        result->setEnabled(enabled);
        return result;
    };
    column->addWidget(rowOf({toggle(ToggleValue::On), toggle(ToggleValue::Off), toggle(ToggleValue::Differs),
                             toggle(ToggleValue::On, false)},
                            16));
    auto *segments = new SegmentedControl({u"5 min"_s, u"15 min"_s, u"1 h"_s, u"Until reset"_s});
    segments->setCurrentIndex(1);
    auto *removable = new Chip(ChipText{.text = u"\"openai|breaker\""_s, .name = u"component"_s, .op = u"=~"_s});
    removable->setRemovable(true);
    column->addWidget(
        rowOf({segments, removable, new Chip(ChipText{.text = u"critical"_s, .name = u"severity"_s, .op = u"="_s}),
               new Chip(u"worker"_s)}));
    auto *search = new SearchField(u"Find a flag, a person or a reason"_s);
    auto *filter = new SearchField(u"Filter"_s, SearchField::Kind::Filter);
    filter->setText(u"severity!=\"info\" system=~\"worker|a.*\""_s);
    filter->setCount(u"10 firing"_s);
    auto *fields = new QWidget;
    auto *fieldLayout = new QHBoxLayout(fields);
    fieldLayout->setContentsMargins(0, 0, 0, 0);
    fieldLayout->addWidget(search);
    fieldLayout->addWidget(filter);
    column->addWidget(fields);
    auto *forced = new StateLabel;
    forced->setSwitch(theme::Switch::ForcedOpen);
    auto *small = new StateLabel(State::Stale, u"stale 4 min"_s);
    small->setShapeSize(12);
    column->addWidget(
        rowOf({new StateLabel(State::Critical, u"Critical"_s), new StateLabel(State::Warning, u"degraded"_s),
               new StateLabel(State::Ok, u"Healthy"_s), forced, small},
              16));
    column->addStretch(1);
    return sheet;
}

inline std::unique_ptr<QWidget> panelSheet()
{
    auto sheet = std::make_unique<QWidget>();
    auto *row = new QHBoxLayout(sheet.get());
    row->setSpacing(16);
    auto *left = new QVBoxLayout;
    auto *banner = new SourceBanner;
    banner->setText(u"prom-p2p does not answer since 03:05:28, 4 min 12 s."_s,
                    u"HTTP 503 from 10.20.4.11:9090, \"no healthy upstream\". Next try in 12 s."_s);
    left->addWidget(banner);
    auto *panel = new PanelFrame(u"HTTP latency P95"_s);
    panel->setUnit(u"p2p, ms"_s);
    panel->setStateNote(State::Stale, u"last good data 03:05:28"_s);
    panel->setStale(true);
    panel->setBody(new Sparkline);
    panel->setFixedHeight(120);
    left->addWidget(panel);
    auto *empty = new EmptyState;
    empty->show(EmptyKind::Forbidden, u"You may look, not act, on worker"_s,
                u"The token of this computer has the role viewer. Tripping needs operator."_s);
    empty->setServerWords(u"403 forbidden: role viewer may not trip"_s);
    empty->addAction(u"Use another token..."_s, u"a"_s);
    empty->addAction(u"Copy request for an operator"_s, u"b"_s);
    empty->addAction(u"Close"_s, u"c"_s);
    left->addWidget(empty, 1);
    row->addLayout(left, 1);
    auto *side = new SidePanel;
    side->setHeading(u"HighErrorRate"_s, u"Critical, firing for 7 m 08 s, ai-proveedores"_s);
    side->setHeadingState(State::Critical);
    auto *chips = new QWidget;
    auto *chipColumn = new QVBoxLayout(chips);
    chipColumn->setContentsMargins(0, 0, 0, 0);
    auto *title = new SectionTitle(u"Labels"_s);
    title->setNote(u"5 in all"_s);
    chipColumn->addWidget(title);
    auto *flowHolder = new QWidget;
    auto *flow = new FlowLayout(flowHolder);
    for (const auto &[name, value] : {std::pair{u"severity"_s, u"critical"_s},
                                      {u"system"_s, u"ai-proveedores"_s},
                                      {u"component"_s, u"http"_s},
                                      {u"signal"_s, u"errors"_s},
                                      {u"job"_s, u"ai-proveedores"_s}})
        flow->addWidget(new Chip(ChipText{.text = value, .name = name, .op = u"="_s}));
    chipColumn->addWidget(flowHolder);
    side->addSection(chips);
    auto *facts = new FactList;
    facts->addFact(u"Inhibits"_s, u"ErrorRateAboveTarget, when it fires"_s);
    facts->addFact(u"Seen by"_s, u"am-core, group default/ai-proveedores"_s);
    facts->addFact(u"Rule"_s, u"ai-proveedores.yml, evaluated 4 s ago"_s, true);
    side->addSection(facts);
    auto *raw = new MonoBox(
        u"{\"status\":\"unhealthy\",\"checks\":{\n  \"rabbitmq\":  {\"status\":\"healthy\"},\n  \"openai\":    {\"status\":\"unhealthy\"}}}"_s);
    raw->setMarks({{u"unhealthy"_s, theme::Token::Critical}});
    side->addSection(raw);
    side->setFixedWidth(380);
    row->addWidget(side);
    return sheet;
}

} // namespace atalaya::test
