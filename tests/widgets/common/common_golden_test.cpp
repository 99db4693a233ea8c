// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/choice_button.h"
#include "widgets/common/empty_notice.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/freshness_pill.h"
#include "widgets/common/hairline.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/notice_banner.h"
#include "widgets/common/side_head.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace atalaya;
using namespace atalaya::common;

namespace {

QWidget *barSheet()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    auto *sort = new ChoiceButton(u"Sort"_s);
    sort->setChoices({{u"a"_s, u"Not closed first"_s}});
    auto *systems = new ChoiceButton({});
    systems->setChoices({{u"a"_s, u"All systems"_s}});
    systems->setEnabled(false);
    row->addWidget(sort);
    row->addWidget(systems);
    row->addStretch(1);
    const std::pair<QString, Freshness> sources[] = {{u"prom-core"_s, Freshness::Live},
                                                     {u"prom-p2p"_s, Freshness::Stale},
                                                     {u"am-core"_s, Freshness::Unreachable},
                                                     {u"loki"_s, Freshness::Waiting}};
    for (const auto &[name, freshness] : sources) {
        auto *pill = new FreshnessPill;
        pill->setReading({name, freshness, 4s, u"03:05:28"_s, {}});
        row->addWidget(pill);
    }
    return bar;
}

QWidget *sideSheet()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    auto *head = new SideHead(theme::font(theme::TextSize::Title, QFont::DemiBold), side);
    head->showSwitch(theme::Switch::ForcedOpen);
    head->title()->setText(u"database"_s);
    head->subtitle()->setText(u"Forced open since 03:02:11 on ai-prov-1"_s);
    auto *facts = new FactRows;
    facts->setFacts({{u"Calls"_s, u"38 /s"_s},
                     {u"Failing"_s, u"not known"_s, theme::Token::Text3},
                     {u"Version"_s, u"v17"_s, theme::Token::Text1, true}});
    auto *small = new FactRows(nullptr, theme::TextSize::Small);
    small->setFacts({{u"Seen by"_s, u"am-core, prom-core"_s},
                     {u"Told to"_s, u"nobody: no Alertmanager lists it"_s, theme::Token::Warning}});
    auto *box = new MonoBox(u"{\"status\": \"unhealthy\"}"_s);
    box->setMarks({{12, 9, State::Critical}});
    column->addWidget(head);
    column->addWidget(hairline(side));
    column->addWidget(facts);
    column->addWidget(small);
    column->addWidget(box);
    column->addStretch(1);
    return side;
}

std::unique_ptr<QWidget> sheet()
{
    auto page = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins({});
    auto *banner = new NoticeBanner;
    banner->show(State::Stale, u"prom-p2p has not answered since 03:05:28, 4 m 12 s"_s,
                 u"Its alerts may be missing or old."_s);
    banner->setAction(theme::Icon::Refresh, u"Try now"_s, {});
    banner->setVisible(true);
    auto *empty = new EmptyNotice;
    empty->show(State::Unknown, u"Not known whether anything fires"_s, u"2 of 3 sources do not answer."_s,
                u"Clear the filter"_s);
    auto *lower = new QHBoxLayout;
    lower->addWidget(empty, 1);
    lower->addWidget(sideSheet(), 1);
    column->addWidget(barSheet());
    column->addWidget(banner);
    column->addLayout(lower, 1);
    return page;
}

} // namespace

TEST(CommonGolden, PiecesLookAsApproved)
{
    for (const QString &scheme : {u"dark"_s, u"light"_s}) {
        test::pinLooks(scheme);
        EXPECT_TRUE(test::matchesGolden(test::pictureOf(*sheet(), {860, 400}), u"common-"_s + scheme));
    }
}
