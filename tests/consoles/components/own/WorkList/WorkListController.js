({
  refresh: function (component) {
    component.find("omni").getAgentWorks({
      callback: function (result) {
        component.set("v.works", result.success ? JSON.parse(result.works) : []);
      }
    }).catch(function () {});
  },

  act: function (component, event) {
    var button = event.getSource();
    var omni = component.find("omni");
    var method = button.get("v.value") ? "closeAgentWork" : "acceptAgentWork";
    omni[method]({ workId: button.get("v.name") }).catch(function (error) {
      console.log(error.message);
    });
  },

  filtered: function (component, event) {
    component.set("v.changes", component.get("v.changes") + 1);
    console.log("filter is now " + event.getParam("value"));
  }
})
