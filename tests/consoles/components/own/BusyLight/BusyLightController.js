({
  heard: function (component, event) {
    var name = event.getName().replace("lightning:omniChannel", "");
    component.set("v.heard", component.get("v.heard").concat([name]));
    if (name === "StatusChanged") {
      component.set("v.light", event.getParam("channels").length === 0 ? "red" : "green");
    } else if (name === "WorkloadChanged" && event.getParam("newWorkload") >= event.getParam("configuredCapacity")) {
      component.set("v.light", "red");
    } else if (name === "Logout") {
      component.set("v.light", "off");
    }
  }
})
