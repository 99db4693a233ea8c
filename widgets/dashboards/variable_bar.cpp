// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/variable_bar.h"

#include "widgets/common/choice_button.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using atalaya::common::ChoiceButton;

namespace atalaya::dashboards {

namespace {

const QString everyOption = QStringLiteral("$__all");

bool isAll(const QString &value)
{
    return value == everyOption || value == u"All" || value == u".*";
}

/// The choice with what its variable makes of it in a matcher. All of the options that a file lists is exactly those;
/// of options that are asked for it is anything, so that what appears meanwhile is not missed.
VariableChoice patternOf(const Variable &variable, VariableChoice choice)
{
    choice.isPattern = variable.multi || variable.includeAll;
    QStringList listed = variable.options;
    listed.removeIf(isAll);
    if (!variable.allValue.isEmpty())
        choice.allPattern = variable.allValue;
    else if (variable.type != u"query" && !listed.isEmpty())
        choice.allPattern = anyOf(listed);
    return choice;
}

} // namespace

class VariableBar::Private
{
public:
    struct Control
    {
        Variable variable;
        ChoiceButton *button = nullptr;
        QLineEdit *field = nullptr;
        VariableChoice choice;
        QString problem;
        quint64 asked = 0;
    };

    Private(VariableBar &bar, const workspace::Environment &e, metrics::MetricStore &m, const Clock &c)
        : q(bar), environment(e), metrics(m), clock(c)
    {
    }

    void offer(Control &control, const QStringList &options);
    void askOptions(int index);
    void askAllOptions();
    void take(int index, const VariableChoice &choice);
    QString keyOf(const Variable &variable) const
    {
        return dashboard.uid + u'/' + dashboard.file + u'/' + variable.name;
    }

    VariableBar &q;
    const workspace::Environment &environment;
    metrics::MetricStore &metrics;
    const Clock &clock;
    QHBoxLayout *row = nullptr;
    ChoiceButton *sources = nullptr;
    Dashboard dashboard;
    QList<Control> controls;
    QHash<QString, VariableChoice> remembered;
    QHash<QString, QString> rememberedSource;
    quint64 turn = 0;
    int asking = 0;
};

VariableBar::VariableBar(const workspace::Environment &environment, metrics::MetricStore &metrics, const Clock &clock,
                         QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, environment, metrics, clock))
{
    d->row = new QHBoxLayout(this);
    d->row->setContentsMargins({});
    d->row->setSpacing(8);
    d->sources = new ChoiceButton(tr("Source"), this);
    d->sources->setObjectName(u"dashboardSource"_s);
    QList<ChoiceButton::Choice> choices;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            choices.append({source.name, source.name});
    }
    d->sources->setChoices(choices);
    d->row->addWidget(d->sources);
    connect(d->sources, &ChoiceButton::chosen, this, [this](const QString &name) {
        d->rememberedSource.insert(d->dashboard.uid + d->dashboard.file, name);
        d->askAllOptions();
        Q_EMIT changed();
    });
}

VariableBar::~VariableBar() = default;

QString VariableBar::source() const
{
    return d->sources->current();
}

void VariableBar::show(const Dashboard &dashboard, const QString &preferredSource)
{
    d->dashboard = dashboard;
    ++d->turn;
    d->asking = 0;
    const QString source = d->rememberedSource.value(dashboard.uid + dashboard.file, preferredSource);
    if (!source.isEmpty())
        d->sources->setCurrent(source);
    for (const Private::Control &control : std::as_const(d->controls)) {
        delete control.button;
        delete control.field;
    }
    d->controls.clear();
    for (const Variable &variable : dashboard.variables) {
        Private::Control control;
        control.variable = variable;
        QStringList current = variable.current;
        if (!variable.multi)
            current = current.mid(0, 1);
        if (std::any_of(current.cbegin(), current.cend(), isAll) ||
            (current.isEmpty() && variable.includeAll && variable.options.isEmpty()))
            control.choice = {{}, true};
        else
            control.choice = {current.isEmpty() ? variable.options.mid(0, 1) : current, false};
        if (d->remembered.contains(d->keyOf(variable)))
            control.choice = d->remembered.value(d->keyOf(variable));
        d->controls.append(control);
    }
    for (int i = 0; i < d->controls.size(); ++i) {
        Private::Control &control = d->controls[i];
        const Variable &variable = control.variable;
        if (variable.hidden || variable.type == u"constant" || variable.type == u"datasource")
            continue;
        const QString label = variable.label.isEmpty() ? variable.name : variable.label;
        if (variable.type == u"textbox") {
            control.field = new QLineEdit(control.choice.values.value(0), this);
            control.field->setObjectName(u"variable-"_s + variable.name);
            control.field->setAccessibleName(label);
            control.field->setPlaceholderText(label);
            control.field->setToolTip(label);
            control.field->setMaximumWidth(160);
            d->row->addWidget(control.field);
            connect(control.field, &QLineEdit::editingFinished, this, [this, i] {
                d->take(i, {{d->controls.at(i).field->text()}, false});
            });
            continue;
        }
        control.button = new ChoiceButton(label, this);
        control.button->setObjectName(u"variable-"_s + variable.name);
        control.button->setMultiple(variable.multi);
        d->row->addWidget(control.button);
        d->offer(control, variable.options);
        if (variable.multi) {
            connect(control.button, &ChoiceButton::choicesMade, this, [this, i](const QStringList &keys) {
                // Nothing ticked is no question at all; it reads as everything.
                const VariableChoice before = d->controls.at(i).choice;
                QStringList values = keys;
                const bool wantsAll = values.contains(everyOption) && !before.all;
                values.removeAll(everyOption);
                const VariableChoice choice =
                    wantsAll || values.isEmpty() ? VariableChoice{{}, true} : VariableChoice{values, false};
                d->controls.at(i).button->setCurrent(choice.all ? QStringList{everyOption} : choice.values);
                d->take(i, choice);
            });
        } else {
            connect(control.button, &ChoiceButton::chosen, this, [this, i](const QString &key) {
                d->take(i, key == everyOption ? VariableChoice{{}, true} : VariableChoice{{key}, false});
            });
        }
    }
    d->askAllOptions();
}

void VariableBar::Private::offer(Control &control, const QStringList &options)
{
    QList<ChoiceButton::Choice> choices;
    if (control.variable.includeAll || control.variable.multi || control.choice.all)
        choices.append({everyOption, tr("All")});
    QStringList known = options;
    for (const QString &value : std::as_const(control.choice.values)) {
        if (!value.isEmpty() && !known.contains(value))
            known.append(value);
    }
    for (const QString &option : std::as_const(known)) {
        if (!isAll(option))
            choices.append({option, option});
    }
    control.button->setChoices(choices);
    control.button->setCurrent(control.choice.all ? QStringList{everyOption} : control.choice.values);
    control.button->setEnabled(choices.size() > 1);
    control.button->setToolTip(!control.problem.isEmpty() ? control.problem
                               : choices.size() > 1       ? control.button->accessibleName()
                                                          : tr("There is nothing else to choose"));
}

void VariableBar::Private::askAllOptions()
{
    for (int i = 0; i < controls.size(); ++i)
        askOptions(i);
}

void VariableBar::Private::askOptions(int index)
{
    Control &control = controls[index];
    if (!control.button || control.variable.type != u"query")
        return;
    const std::optional<OptionsQuery> query = optionsQuery(control.variable, q.choices());
    if (!query || q.source().isEmpty()) {
        control.problem = tr("Its options cannot be asked for: %1").arg(control.variable.query);
        offer(control, control.variable.options);
        return;
    }
    const quint64 thisTurn = turn;
    const quint64 thisAsk = ++control.asked;
    ++asking;
    whenDone(metrics.fetchOnce(q.source(), query->expr, clock.now()), &q,
             [this, index, thisTurn, thisAsk, label = query->label](const Result<metrics::QueryResult> &answer) {
                 if (thisTurn != turn)
                     return;
                 --asking;
                 Control &asked = controls[index];
                 if (thisAsk != asked.asked)
                     return;
                 asked.problem = answer ? QString() : sentenceFor(answer.error());
                 const QStringList options = answer ? optionsFrom(*answer, label) : asked.variable.options;
                 const bool hadNone = !asked.choice.all && asked.choice.values.value(0).isEmpty();
                 if (hadNone && !options.isEmpty()) {
                     asked.choice = asked.variable.includeAll ? VariableChoice{{}, true}
                                                              : VariableChoice{{options.first()}, false};
                     offer(asked, options);
                     Q_EMIT q.changed();
                     return;
                 }
                 offer(asked, options);
             });
}

void VariableBar::Private::take(int index, const VariableChoice &choice)
{
    if (controls.at(index).choice == choice)
        return;
    controls[index].choice = choice;
    remembered.insert(keyOf(controls.at(index).variable), choice);
    const QString name = controls.at(index).variable.name;
    for (int i = 0; i < controls.size(); ++i) {
        if (i != index && (controls.at(i).variable.query.contains(u'$' + name) ||
                           controls.at(i).variable.query.contains(u"${"_s + name)))
            askOptions(i);
    }
    Q_EMIT q.changed();
}

VariableChoices VariableBar::choices() const
{
    VariableChoices all;
    for (const Private::Control &control : std::as_const(d->controls)) {
        if (control.variable.type == u"datasource")
            all.insert(control.variable.name, {{source()}, false});
        else if (control.variable.type == u"constant")
            all.insert(control.variable.name, {control.variable.query.isEmpty() ? control.variable.current
                                                                                : QStringList{control.variable.query},
                                               false});
        else
            all.insert(control.variable.name, patternOf(control.variable, control.choice));
    }
    return all;
}

bool VariableBar::isSettled() const
{
    return d->asking == 0;
}

} // namespace atalaya::dashboards

#include "moc_variable_bar.cpp"
